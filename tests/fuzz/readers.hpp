// SPDX-License-Identifier: Apache-2.0
// All readers of files, each with inputs that it takes: what a generator changes, and where a fuzzer begins.
//
//     for (const Reader& reader : readers()) reader.read(reader.seeds.front());
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::test {

struct Reader {
    std::string name;                ///< "accelerator", "records", …
    std::vector<std::string> seeds;  ///< files, as bytes
    /// \throws InputError unless the reader takes the bytes
    std::function<void(const std::string& bytes)> read;
};

/// The same each time.
const std::vector<Reader>& readers();

/// What is wrong with the answer to some bytes; empty where they are taken, or refused as they should be: by an InputError of one
/// line that names the file and has no words of a library. \param taken whether the reader takes them
std::string fault_of(const Reader& reader, const std::string& bytes, bool* taken);

}  // namespace plumbline::test
