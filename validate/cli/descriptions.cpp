// SPDX-License-Identifier: Apache-2.0
#include "descriptions.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>
#include <vector>

#include "assets.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

struct Kind {
    const char* flag;
    const char* folder;
};

Kind kind_of(Description kind)
{
    switch (kind) {
        case Description::accelerator: return {"--accelerator", "accelerators"};
        case Description::workload: return {"--workload", "workloads"};
        case Description::mapping: return {"--mapping", "mappings"};
    }
    return {};
}

fs::path platforms_folder()
{
    const fs::path installed = installed_data();
    return installed.empty() ? fs::path{PLUMBLINE_SOURCE_PLATFORMS_DIR} : installed;
}

fs::path built_in(Description kind, const std::string& name)
{
    return platforms_folder() / kind_of(kind).folder / (name + ".yaml");
}

std::string joined_names(Description kind)
{
    std::string joined;
    for (const std::string& name : built_in_names(kind)) joined += (joined.empty() ? "" : ", ") + name;
    return joined.empty() ? "none" : joined;
}

std::string family_of(std::string accelerator)
{
    constexpr std::string_view suffix = "_df";
    if (accelerator.size() > suffix.size() && accelerator.ends_with(suffix)) {
        accelerator.resize(accelerator.size() - suffix.size());
    }
    return accelerator;
}

}  // namespace

std::vector<std::string> built_in_names(Description kind)
{
    std::vector<std::string> names;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(platforms_folder() / kind_of(kind).folder, missing)) {
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> names_of(Description kind, const std::vector<std::string>& given)
{
    return given == std::vector<std::string>{"all"} ? built_in_names(kind) : given;
}

fs::path find_description(Description kind, const std::string& name)
{
    if (fs::is_regular_file(name)) return name;
    if (const fs::path path = built_in(kind, name); fs::is_regular_file(path)) return path;
    throw InputError(kind_of(kind).flag,
                     "'" + name + "' is neither a file nor built in; expected a path or one of: " + joined_names(kind));
}

fs::path find_mapping(const std::string& name, const std::string& accelerator)
{
    if (!name.empty()) return find_description(Description::mapping, name);
    const fs::path path = built_in(Description::mapping, family_of(accelerator));
    if (!fs::is_regular_file(accelerator) && fs::is_regular_file(path)) return path;
    throw InputError("--mapping", "is needed with accelerator '" + accelerator +
                                      "', which brings no mapping rules; expected a path or one of: " +
                                      joined_names(Description::mapping));
}

Accelerator read_accelerator(const std::string& name, const std::string& profile)
{
    Accelerator described = io::read_accelerator(find_description(Description::accelerator, name).string());
    if (profile.empty()) return described;
    return calibrated(described, io::read_calibration(profile, described));
}

}  // namespace plumbline::cli
