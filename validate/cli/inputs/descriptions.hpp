// SPDX-License-Identifier: Apache-2.0
// Which file does a name on the command line mean?
//
// A description is named by its path, or by its name alone where Plumbline brings it. Built-in descriptions are those of
// the folder platforms/: beside the installed command, or in the source tree it was built from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/io/description_folder.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

using io::Description;

/// In alphabetical order; each description once.
std::vector<std::string> built_in_names(Description kind);
/// As the list above has what `name` means: "fsrcnn" for "defines/fsrcnn". None where it is not built in.
std::optional<std::string> built_in_name(Description kind, const std::string& name);

/// Those given; for "all" alone the built-in ones.
std::vector<std::string> names_of(Description kind, const std::vector<std::string>& given);

/// \throws InputError naming the flag, what was asked for and what there is
std::filesystem::path find_description(Description kind, const std::string& name);

/// The mapping rules called `name`, or where that is empty those of the family of a built-in accelerator: its name
/// without "_df" (accelerators for depth-first schedules share the array of their family, and so its rules).
/// \throws InputError also where nothing says which family an accelerator is of
std::filesystem::path find_mapping(const std::string& name, const std::string& accelerator);

/// The network of that name. \throws InputError
Workload read_described_workload(const std::string& name);
/// The accelerator of that name, as the profile in a file says it really is; as described where that is empty.
/// \throws InputError
Accelerator read_accelerator(const std::string& name, const std::string& profile);
/// For an accelerator, as it is named and as it is described. \param mapping name; empty: that of its family
/// \throws InputError
MappingRules read_rules(const std::string& mapping, const std::string& name, const Accelerator& accelerator);

}  // namespace plumbline::cli
