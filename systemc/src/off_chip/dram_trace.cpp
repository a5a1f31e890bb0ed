// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/dram_trace.hpp"

#include <string>

#include "plumbline/text_stream.hpp"

namespace plumbline::sim {
namespace {

std::string hexadecimal(std::uint64_t address)
{
    TextStream text;
    text << "0x" << std::hex << address;
    return text.str();
}

}  // namespace

void write(std::ostream& out, const OffChipTransaction& transaction, const DramTraceOptions& options)
{
    const std::uint64_t end = transaction.address + transaction.length;
    std::uint64_t block = transaction.address / options.granularity * options.granularity;
    for (; block < end; block += options.granularity) {
        switch (options.format) {
            case DramTraceFormat::dramsys:
                out << std::to_string(transaction.time.count()) << ": (" << std::to_string(options.granularity) << ") "
                    << (transaction.read ? "read " : "write ") << hexadecimal(block) << '\n';
                break;
            case DramTraceFormat::ramulator2:
                out << (transaction.read ? "LD " : "ST ") << hexadecimal(block) << '\n';
                break;
            case DramTraceFormat::ramulator1:
                out << hexadecimal(block) << (transaction.read ? " R" : " W") << '\n';
                break;
        }
    }
}

}  // namespace plumbline::sim
