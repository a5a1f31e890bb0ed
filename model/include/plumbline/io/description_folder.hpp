// SPDX-License-Identifier: Apache-2.0
// Which file does the name of a description mean?
//
// A description is named by its path, or by its name alone where it is built in: Plumbline brings a folder with
// accelerators/, workloads/ and mappings/, each file called like what it describes. Networks as DeFiNES has them lie in
// workloads/defines: the name of one begins with "defines/", which may be left out where no other network is called so.
// Where the folder lies is for the caller to say, since a command, a library and a build tree each have their own.
//
//     const DescriptionFolder built_in{"/usr/share/plumbline"};
//     const Accelerator accelerator = read_accelerator(built_in.find(Description::accelerator, "tpu_like", "--accelerator"));
#pragma once

#include <optional>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::io {

/// What a file describes.
enum class Description {
    accelerator,  ///< in accelerators/
    workload,     ///< in workloads/
    mapping,      ///< in mappings/
};

/// A folder of built-in descriptions.
class DescriptionFolder {
public:
    /// A folder that does not exist has no descriptions.
    explicit DescriptionFolder(std::string path);

    /// As given.
    const std::string& path() const { return path_; }
    /// Of the built-in descriptions, in alphabetical order; each once, by the shortest name that means it.
    std::vector<std::string> names(Description kind) const;
    /// As names() lists what `name` means: "fsrcnn" for "defines/fsrcnn". None where that is a path, or nothing.
    std::optional<std::string> listed_name(Description kind, const std::string& name) const;

    /// The path that `name` means. \throws InputError of `field`, with what was asked for and what there is
    std::string find(Description kind, const std::string& name, const std::string& field) const;

    /// The mapping rules called `name`, or where that is empty those of the family of a built-in accelerator: its name
    /// without "_df" (accelerators for depth-first schedules share the array of their family, and so its rules).
    /// \throws InputError of `field`, also where nothing says which family an accelerator is of
    std::string find_rules(const std::string& name, const std::string& accelerator, const std::string& field) const;

private:
    /// The file of a built-in description. None where there is none.
    std::optional<std::string> built_in(Description kind, const std::string& name) const;

    std::string path_;
};

}  // namespace plumbline::io
#pragma GCC visibility pop
