// SPDX-License-Identifier: Apache-2.0
// libFuzzer's way in: the reader that the environment variable PLUMBLINE_READER names gets what the fuzzer makes.
//
//     PLUMBLINE_READER=schedule fuzzed_reader corpus/schedule

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/readers.hpp"

namespace plumbline::test {
namespace {

const Reader& chosen()
{
    const char* name = std::getenv("PLUMBLINE_READER");
    for (const Reader& reader : readers())
        if (name != nullptr && reader.name == name) return reader;
    std::fputs("PLUMBLINE_READER names no reader, expected one of:", stderr);
    for (const Reader& reader : readers()) std::fprintf(stderr, " %s", reader.name.c_str());
    std::fputc('\n', stderr);
    std::exit(EXIT_FAILURE);
}

}  // namespace
}  // namespace plumbline::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const plumbline::test::Reader& reader = plumbline::test::chosen();
    bool taken = false;
    const std::string bytes{reinterpret_cast<const char*>(data), size};
    const std::string fault = plumbline::test::fault_of(reader, bytes, &taken);
    if (fault.empty()) return 0;
    std::fprintf(stderr, "%s\n", fault.c_str());
    std::abort();
}
