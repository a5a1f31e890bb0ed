// SPDX-License-Identifier: Apache-2.0
// What does a path of an output lead to: a file that is replaced as a whole, or something that is written into?
//
// Links are followed: one to a file stays, and the file behind it is replaced. Devices, pipes and open files of a process
// (/dev/stdout, /dev/fd/3) are nobody's to replace.
#pragma once

#include <optional>
#include <string>

#include <sys/stat.h>

namespace plumbline::cli {

struct OutputTarget {
    std::string path;                 ///< behind all links, those of folders too
    bool in_place = false;            ///< written into, not replaced
    std::optional<struct stat> file;  ///< the regular file that is replaced, where there is one
};

/// \throws InputError for a folder, a circle of links, and a file that may not be written
OutputTarget output_target(const std::string& path);

/// A descriptor to write to, or -1 and `errno`. \pre `target.in_place`
int open_in_place(const OutputTarget& target);

/// Of a path that cannot be written. \throws InputError \param error an `errno`
[[noreturn]] void refuse_output(const std::string& path, int error);

}  // namespace plumbline::cli
