// SPDX-License-Identifier: Apache-2.0
#include "inputs/checked_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "inputs/descriptions.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/check_files.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::cli {
namespace {

constexpr Description kKinds[] = {Description::accelerator, Description::workload, Description::mapping};

std::optional<DescriptionKind> kind_of(const std::string& path)
{
    return io::is_onnx_path(path) ? DescriptionKind::workload : io::description_kind(path);
}

[[noreturn]] void refuse(const std::string& name)
{
    std::vector<std::string> known;
    for (Description kind : kKinds)
        for (const std::string& each : built_in_names(kind)) known.push_back(each);
    const auto nearest = nearest_name(name, views_of(known));
    throw InputError("FILE",
                     "'" + name + "' is neither a file nor built in" +
                         (nearest.empty() ? ", expected paths of YAML or ONNX files or names of built-in descriptions"
                                          : suggestion(name, {nearest})));
}

}  // namespace

std::string file_named(const std::string& name)
{
    std::error_code unreadable;
    if (std::filesystem::is_regular_file(name, unreadable)) return name;
    for (Description kind : kKinds)
        if (built_in_name(kind, name)) return find_description(kind, name).string();
    refuse(name);
}

CheckedFiles files_to_check(const std::vector<std::string>& names)
{
    CheckedFiles files;
    std::set<DescriptionKind> kinds;
    for (const std::string& name : names) {
        files.paths.push_back(file_named(name));
        if (const auto kind = kind_of(files.paths.back())) kinds.insert(*kind);
    }
    const bool pair = kinds.count(DescriptionKind::accelerator) + kinds.count(DescriptionKind::workload) == 2;
    if (!pair || kinds.count(DescriptionKind::mapping) > 0) return files;
    files.lack_rules = true;
    for (const std::string& name : names) {
        if (!built_in_name(Description::accelerator, name)) continue;
        const std::string rules = find_mapping({}, name).string();
        if (std::find(files.paths.begin(), files.paths.end(), rules) == files.paths.end()) files.paths.push_back(rules);
        files.lack_rules = false;
    }
    return files;
}

}  // namespace plumbline::cli
