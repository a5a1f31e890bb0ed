// SPDX-License-Identifier: Apache-2.0
// Writes the traffic of off-chip memory for DRAM simulators of others, a line per access of the memory's granularity.
//
// A transaction is cut into the aligned blocks that it touches, which all carry the time at which it began.
//   DRAMSys 5    .stl, of its trace player: `<cycle>: (<bytes>) read|write 0x<address>`
//   Ramulator 2  load-store trace: `LD|ST 0x<address>`
//   Ramulator 1  memory trace: `0x<address> R|W`
// Neither form for Ramulator has times: it takes the next line as soon as it can.
//
//     recorder.listener = [&](const OffChipTransaction& each) { write(file, each, {DramTraceFormat::dramsys}); };
#pragma once

#include <cstdint>
#include <functional>
#include <ostream>

#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// A read or write of off-chip memory.
struct OffChipTransaction {
    Cycles time{};              ///< of its beginning, rounded down
    bool read = true;           ///< or written
    std::uint64_t address = 0;  ///< of its first byte
    std::uint64_t length = 0;   ///< bytes
};

/// Told of each transaction when it begins; may be empty.
using OffChipListener = std::function<void(const OffChipTransaction&)>;

/// Whose traces they are.
enum class DramTraceFormat : std::uint8_t {
    dramsys,     ///< DRAMSys 5, .stl
    ramulator2,  ///< Ramulator 2, load-store trace
    ramulator1,  ///< Ramulator 1, memory trace
};

/// What is written, and how finely.
struct DramTraceOptions {
    DramTraceFormat format = DramTraceFormat::dramsys;  ///< of the lines
    std::uint64_t granularity = 64;                     ///< bytes of an access: a burst of the DRAM
};

/// A line per aligned block that the transaction touches; errors are those of the stream.
void write(std::ostream& out, const OffChipTransaction& transaction, const DramTraceOptions& options);

}  // namespace plumbline::sim
#pragma GCC visibility pop
