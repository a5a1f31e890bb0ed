// SPDX-License-Identifier: Apache-2.0
#include "inputs/descriptions.hpp"

#include "inputs/assets.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

const char* flag_of(Description kind)
{
    switch (kind) {
        case Description::accelerator: return "--accelerator";
        case Description::workload: return "--workload";
        case Description::mapping: break;
    }
    return "--mapping";
}

io::DescriptionFolder platforms_folder()
{
    const fs::path installed = installed_data();
    return io::DescriptionFolder{installed.empty() ? PLUMBLINE_SOURCE_PLATFORMS_DIR : installed.string()};
}

}  // namespace

std::vector<std::string> built_in_names(Description kind) { return platforms_folder().names(kind); }

std::optional<std::string> built_in_name(Description kind, const std::string& name)
{
    return platforms_folder().listed_name(kind, name);
}

std::vector<std::string> names_of(Description kind, const std::vector<std::string>& given)
{
    return given == std::vector<std::string>{"all"} ? built_in_names(kind) : given;
}

fs::path find_description(Description kind, const std::string& name)
{
    return platforms_folder().find(kind, name, flag_of(kind));
}

fs::path find_mapping(const std::string& name, const std::string& accelerator)
{
    return platforms_folder().find_rules(name, accelerator, flag_of(Description::mapping));
}

Workload read_described_workload(const std::string& name)
{
    return io::read_workload(platforms_folder(), name, flag_of(Description::workload));
}

Accelerator read_accelerator(const std::string& name, const std::string& profile)
{
    Accelerator described = io::read_accelerator(find_description(Description::accelerator, name).string());
    if (profile.empty()) return described;
    return calibrated(described, io::read_calibration(profile, described));
}

MappingRules read_rules(const std::string& mapping, const std::string& name, const Accelerator& accelerator)
{
    return io::read_mapping(find_mapping(mapping, name).string(), accelerator);
}

}  // namespace plumbline::cli
