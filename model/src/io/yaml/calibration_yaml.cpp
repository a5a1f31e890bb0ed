// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/calibration_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <utility>

#include "plumbline/calibration_parameters.hpp"
#include "plumbline/text_stream.hpp"
#include "text_file.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

constexpr std::string_view kSchema = "plumbline-calibration-1";

std::string_view key(CalibrationParameter parameter) { return facts_of(parameter).name; }

/// Replaces `value` where the map has the parameter, within its range.
void read(const YamlField& map, CalibrationParameter parameter, double& value)
{
    const auto field = map.find(key(parameter));
    if (!field) return;
    value = field->number();
    const ParameterFacts& facts = facts_of(parameter);
    if (!facts.allows(value)) {
        field->fail("is " + field->text() + ", expected " + facts.range() + ": " + std::string{facts.meaning});
    }
}

MemoryCalibration memory(const std::string& name, const YamlField& map)
{
    using P = CalibrationParameter;
    map.only({key(P::bandwidth), key(P::access_latency), key(P::burst_overhead), "burst", key(P::energy_scale)});
    MemoryCalibration found;
    found.memory = name;
    read(map, P::bandwidth, found.bandwidth);
    read(map, P::access_latency, found.access_latency);
    read(map, P::burst_overhead, found.burst_overhead);
    read(map, P::energy_scale, found.energy_scale);
    if (const auto burst = map.find("burst")) found.burst = Bits{burst->integer()};
    return found;
}

std::vector<MemoryCalibration> memories(const YamlField& root)
{
    std::vector<MemoryCalibration> found;
    const auto field = root.find("memories");
    if (!field) return found;
    for (const auto& [name, map] : field->entries()) found.push_back(memory(name, map));
    return found;
}

TopMemoryCalibration top(const YamlField& root)
{
    TopMemoryCalibration found;
    const auto map = root.find("top");
    if (!map) return found;
    map->only({key(CalibrationParameter::efficiency), key(CalibrationParameter::refresh_share)});
    read(*map, CalibrationParameter::efficiency, found.efficiency);
    read(*map, CalibrationParameter::refresh_share, found.refresh_share);
    return found;
}

StepCalibration steps(const YamlField& root)
{
    StepCalibration found;
    const auto map = root.find("steps");
    if (!map) return found;
    map->only({key(CalibrationParameter::dispatch)});
    read(*map, CalibrationParameter::dispatch, found.dispatch);
    return found;
}

std::vector<std::string> fitted_to(const YamlField& root)
{
    std::vector<std::string> names;
    const auto field = root.find("fitted_to");
    if (!field) return names;
    for (const YamlField& item : field->items()) names.push_back(item.text());
    return names;
}

void check_schema(const YamlField& root)
{
    const YamlField schema = root.at("schema");
    if (schema.text() == kSchema) return;
    schema.fail("is '" + schema.text() + "', expected " + std::string{kSchema});
}

Calibration parse_profile(const std::string& text, const std::string& filename, const Accelerator* accelerator)
{
    const YamlField root = YamlField::parse(text, filename, {});
    root.only({"schema", "accelerator", "memories", "top", "steps", "fitted_to"});
    check_schema(root);
    const auto name = root.find("accelerator");
    return with_location(root, [&] {
        Calibration found{name ? name->text() : std::string{}, memories(root), top(root), steps(root), fitted_to(root)};
        if (accelerator != nullptr) check(found, *accelerator);
        return found;
    });
}

void write(YAML::Emitter& out, CalibrationParameter parameter, double value)
{
    out << YAML::Key << std::string{key(parameter)} << YAML::Value << shortest_text(value);
    const ParameterFacts& facts = facts_of(parameter);
    const std::string unit = facts.unit.empty() ? std::string{} : std::string{facts.unit} + ", ";
    out << YAML::Comment(unit + std::string{facts.meaning});
}

void write(YAML::Emitter& out, const MemoryCalibration& memory)
{
    out << YAML::Key << memory.memory << YAML::Value << YAML::BeginMap;
    write(out, CalibrationParameter::bandwidth, memory.bandwidth);
    write(out, CalibrationParameter::access_latency, memory.access_latency);
    write(out, CalibrationParameter::burst_overhead, memory.burst_overhead);
    out << YAML::Key << "burst" << YAML::Value << std::to_string(memory.burst.count())
        << YAML::Comment("bits, the longest burst");
    write(out, CalibrationParameter::energy_scale, memory.energy_scale);
    out << YAML::EndMap;
}

void write(YAML::Emitter& out, const std::vector<MemoryCalibration>& memories)
{
    if (memories.empty()) return;
    out << YAML::Key << "memories" << YAML::Value << YAML::BeginMap;
    for (const MemoryCalibration& memory : memories) write(out, memory);
    out << YAML::EndMap;
}

void write(YAML::Emitter& out, const std::vector<std::string>& fitted_to)
{
    if (fitted_to.empty()) return;
    out << YAML::Key << "fitted_to" << YAML::Value << YAML::BeginSeq;
    for (const std::string& name : fitted_to) out << name;
    out << YAML::EndSeq;
}

}  // namespace

Calibration parse_calibration(const std::string& text, const std::string& filename)
{
    return parse_profile(text, filename, nullptr);
}

Calibration parse_calibration(const std::string& text, const std::string& filename, const Accelerator& accelerator)
{
    return parse_profile(text, filename, &accelerator);
}

Calibration read_calibration(const std::string& path)
{
    return parse_profile(read_text(path, kMostYamlBytes), path, nullptr);
}

Calibration read_calibration(const std::string& path, const Accelerator& accelerator)
{
    return parse_profile(read_text(path, kMostYamlBytes), path, &accelerator);
}

std::string to_yaml(const Calibration& calibration)
{
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "schema" << YAML::Value << std::string{kSchema};
    if (!calibration.accelerator().empty()) {
        out << YAML::Key << "accelerator" << YAML::Value << calibration.accelerator();
    }
    write(out, calibration.memories());
    out << YAML::Key << "top" << YAML::Value << YAML::BeginMap;
    write(out, CalibrationParameter::efficiency, calibration.top().efficiency);
    write(out, CalibrationParameter::refresh_share, calibration.top().refresh_share);
    out << YAML::EndMap << YAML::Key << "steps" << YAML::Value << YAML::BeginMap;
    write(out, CalibrationParameter::dispatch, calibration.steps().dispatch);
    out << YAML::EndMap;
    write(out, calibration.fitted_to());
    out << YAML::EndMap;
    return std::string{out.c_str()} + '\n';
}

void write_calibration(const Calibration& calibration, const std::string& path)
{
    write_text(path, to_yaml(calibration));
}

}  // namespace plumbline::io
