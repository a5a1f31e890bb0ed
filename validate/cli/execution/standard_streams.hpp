// SPDX-License-Identifier: Apache-2.0
// Standard input, output and error of the process: there, whoever started it, and every write to the output is checked.
//
//     open_standard_descriptors();
//     StandardOutput buffer;
//     std::ostream out{&buffer};
//     out << "results\n" << std::flush;
//     if (buffer.error() != 0) …
#pragma once

#include <array>
#include <streambuf>

namespace plumbline::cli {

/// Opens those of descriptors 0 to 2 that are closed, or a file of results would be opened as one of them. Reading from what was
/// closed finds nothing, writing to it fails.
void open_standard_descriptors();

/// Writes to descriptor 1, and keeps what went wrong.
class StandardOutput : public std::streambuf {
public:
    StandardOutput();

    /// `errno` of the first failure; 0: none. Nothing is written after one.
    int error() const { return error_; }

protected:
    int_type overflow(int_type character) override;
    int sync() override;

private:
    std::array<char, 1 << 16> buffer_{};
    int error_ = 0;
};

}  // namespace plumbline::cli
