// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/description_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "plumbline/error.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::io {
namespace {

namespace fs = std::filesystem;

/// Of networks as DeFiNES has them, among the others.
constexpr const char* kDefines = "defines";

const char* folder_of(Description kind)
{
    switch (kind) {
        case Description::accelerator: return "accelerators";
        case Description::workload: return "workloads";
        case Description::mapping: break;
    }
    return "mappings";
}

bool is_file(const std::string& path)
{
    std::error_code unreadable;
    return fs::is_regular_file(path, unreadable);
}

/// Of the descriptions in a folder.
std::vector<std::string> stems_in(const fs::path& folder)
{
    std::vector<std::string> stems;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing)) {
        if (entry.path().extension() == ".yaml") stems.push_back(entry.path().stem().string());
    }
    return stems;
}

std::string family_of(std::string accelerator)
{
    constexpr std::string_view suffix = "_df";
    const std::size_t family = accelerator.size() - std::min(suffix.size(), accelerator.size());
    if (family > 0 && accelerator.compare(family, std::string::npos, suffix) == 0) accelerator.resize(family);
    return accelerator;
}

/// What a name may be. Who finds no built-in description at all has no folder of them.
std::string expected(const std::vector<std::string>& names)
{
    if (names.empty())
        return "expected a path: there are no built-in descriptions where they were looked for, PLUMBLINE_DATA_DIR may "
               "name "
               "their folder";
    std::string all = "expected a path or one of: ";
    for (std::size_t i = 0; i < names.size(); ++i) all += (i == 0 ? "" : ", ") + names[i];
    return all;
}

}  // namespace

DescriptionFolder::DescriptionFolder(std::string path) : path_{std::move(path)} {}

std::optional<std::string> DescriptionFolder::built_in(Description kind, const std::string& name) const
{
    const fs::path folder = fs::path{path_} / folder_of(kind);
    for (const fs::path& place : {folder, folder / kDefines})
        if (std::string path = (place / (name + ".yaml")).string(); is_file(path)) return path;
    return std::nullopt;
}

std::vector<std::string> DescriptionFolder::names(Description kind) const
{
    const fs::path folder = fs::path{path_} / folder_of(kind);
    std::vector<std::string> names = stems_in(folder);
    for (const std::string& name : stems_in(folder / kDefines))
        names.push_back(is_file((folder / (name + ".yaml")).string()) ? kDefines + ('/' + name) : name);
    std::sort(names.begin(), names.end());
    return names;
}

std::optional<std::string> DescriptionFolder::listed_name(Description kind, const std::string& name) const
{
    const auto path = is_file(name) ? std::nullopt : built_in(kind, name);
    if (!path) return std::nullopt;
    std::string listed = fs::path{*path}.stem().string();
    if (built_in(kind, listed) != path) listed = kDefines + ('/' + listed);
    // A name that leads out of the folder is found, and not listed.
    const std::vector<std::string> all = names(kind);
    return std::binary_search(all.begin(), all.end(), listed) ? std::optional{listed} : std::nullopt;
}

std::string DescriptionFolder::find(Description kind, const std::string& name, const std::string& field) const
{
    if (is_file(name)) return name;
    if (const auto path = built_in(kind, name)) return *path;
    const std::vector<std::string> known = names(kind);
    const std::string_view nearest = nearest_name(name, views_of(known));
    const std::string meant = nearest.empty() ? "; " + expected(known) : suggestion(name, {nearest});
    throw InputError(field, "'" + name + "' is neither a file nor built in" + meant);
}

std::string DescriptionFolder::find_rules(const std::string& name, const std::string& accelerator,
                                          const std::string& field) const
{
    if (!name.empty()) return find(Description::mapping, name, field);
    const auto path = built_in(Description::mapping, family_of(accelerator));
    if (!is_file(accelerator) && path) return *path;
    throw InputError(field, "is needed with accelerator '" + accelerator + "', which brings no mapping rules; " +
                                expected(names(Description::mapping)));
}

}  // namespace plumbline::io
