// SPDX-License-Identifier: Apache-2.0
// What is wrong with a description, all that can be found independently?
//
// Readers refuse a file at the first error. These read it part by part (layers, memories, rules), go on where one is refused, and leave
// out what depends on it: what an author would otherwise find in as many runs.
//
//     for (const InputError& error : errors_of_workload(text, "net.yaml")) …  // one for each layer that is wrong by itself
#pragma once

#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"

namespace plumbline::io {

/// More than anybody reads.
inline constexpr std::size_t kMostErrors = 100;

/// Of each layer the first, in the order of the file; then, of those that can be read, what is wrong where they meet. Layers that read one
/// that is wrong are not judged. Empty where `parse_workload` takes the text. \throws InputError where it is no list
std::vector<InputError> errors_of_workload(const std::string& text, const std::string& filename);
/// Of the array and of each memory the first; of all together where these are right.
std::vector<InputError> errors_of_accelerator(const std::string& text, const std::string& filename);
/// Of each rule the first; of all together where these are right. \param accelerator that it is for, or null
std::vector<InputError> errors_of_mapping(const std::string& text, const std::string& filename,
                                          const Accelerator* accelerator = nullptr);

/// Notes what `read` refuses. Whether it refuses nothing.
template <class Read>
bool reads(std::vector<InputError>& errors, Read read)
{
    try {
        read();
        return true;
    } catch (const InputError& error) {
        errors.push_back(error);
        return false;
    }
}

}  // namespace plumbline::io
