// SPDX-License-Identifier: Apache-2.0
// The platform files against the facts of the public DeFiNES in tests/reference.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "plumbline/io/yaml.hpp"

namespace plumbline::test {
namespace {

using nlohmann::json;

const std::string kPlatforms = PLUMBLINE_PLATFORMS;

json facts(const std::string& name)
{
    std::ifstream in{std::string{PLUMBLINE_TEST_DATA} + '/' + name};
    return json::parse(in);
}

Accelerator meta_prototype_df() { return io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml"); }
Workload fsrcnn() { return io::read_workload(kPlatforms + "/workloads/fsrcnn.yaml"); }

void expect_ports(const Memory& memory, const json& fact)
{
    const auto count = [&](PortType type) {
        return std::count_if(memory.ports.begin(), memory.ports.end(), [&](const Port& p) { return p.type == type; });
    };
    EXPECT_EQ(count(PortType::read), fact["read_ports"]);
    EXPECT_EQ(count(PortType::write), fact["write_ports"]);
    EXPECT_EQ(count(PortType::read_write), fact["readwrite_ports"]);
    for (const Port& port : memory.ports) {
        const bool write = port.type == PortType::write;
        EXPECT_EQ(port.width.count(), fact[write ? "write_bw_bits_per_cycle" : "read_bw_bits_per_cycle"]);
        EXPECT_EQ(port.granule.count(), fact[write ? "min_write_bits" : "min_read_bits"]);
    }
}

void expect_services(const Memory& memory, const json& fact)
{
    const std::map<std::string, Direction> directions{{"fh", Direction::write_from_up},
                                                      {"tl", Direction::read_down},
                                                      {"fl", Direction::write_from_down},
                                                      {"th", Direction::read_up}};
    ASSERT_EQ(memory.services.size(), fact["operands"].size());
    for (std::size_t i = 0; i < memory.services.size(); ++i) {
        const std::string operand{name_of(memory.services[i].operand)};
        EXPECT_EQ(operand, fact["operands"][i]);
        for (const auto& [name, direction] : directions) {
            const json& expected = fact["port_of"][operand][name];
            const auto& port = memory.services[i].port[direction];
            ASSERT_EQ(port.has_value(), !expected.is_null()) << memory.name << ' ' << operand << ' ' << name;
            EXPECT_EQ(port ? json(memory.ports[*port].name) : json(nullptr), expected);
        }
    }
}

TEST(MetaPrototypeDf, IsTheAcceleratorOfDefines)
{
    const json expected = facts("hardware/Meta_prototype_DF.json");
    const Accelerator accelerator = meta_prototype_df();
    EXPECT_EQ(accelerator.array().mac_energy.count(), expected["mac_energy"]);
    ASSERT_EQ(accelerator.array().dimensions.size(), expected["array"].size());
    for (const ArrayDimension& each : accelerator.array().dimensions)
        EXPECT_EQ(each.size, expected["array"][each.name]);
    ASSERT_EQ(accelerator.memories().size(), expected["memories"].size());
    for (MemoryId id = 0; id < accelerator.memories().size(); ++id) {
        const Memory& memory = accelerator.memory(id);
        const json& fact = expected["memories"][id];
        SCOPED_TRACE(memory.name);
        EXPECT_EQ(memory.name, fact["name"]);
        EXPECT_EQ(memory.size.count(), fact["size_bits"]);
        EXPECT_EQ(memory.read_energy.count(), fact["read_energy"]);
        EXPECT_EQ(memory.write_energy.count(), fact["write_energy"]);
        EXPECT_EQ(memory.latency.count(), fact["latency_cycles"]);
        EXPECT_EQ(accelerator.instances(id), fact["instances"]);
        for (const auto& [operand, level] : fact["level_of_operand"].items()) {
            EXPECT_EQ(accelerator.level_of(*memory_operand_named(operand), id), level.get<std::size_t>());
        }
        std::vector<std::string> served;
        for (std::size_t dimension : memory.served_dimensions)
            served.push_back(accelerator.array().dimensions[dimension].name);
        EXPECT_EQ(json(served), fact["serves"]);
        expect_ports(memory, fact);
        expect_services(memory, fact);
    }
}

TEST(Fsrcnn, IsTheNetworkOfDefines)
{
    const json layers = facts("workloads/fsrcnn.json")["layers"];
    const Workload workload = fsrcnn();
    EXPECT_EQ(workload.name(), "fsrcnn");
    ASSERT_EQ(workload.layers().size() + 1, layers.size()) << "layer -1 is the input";
    for (const Layer& layer : workload.layers()) {
        const json& fact = layers[std::to_string(layer.id)];
        SCOPED_TRACE(layer.name);
        for (LoopDim dim : kAllLoopDims) {
            EXPECT_EQ(layer.sizes[dim], fact["loop_dim_size"].value(std::string{name_of(dim)}, 1));
        }
        EXPECT_EQ(layer.output.precision.count(), fact["operand_precision"]["O"]);
        EXPECT_EQ(layer.final_precision.count(), fact["operand_precision"]["O_final"]);
        ASSERT_EQ(layer.inputs.size(), 2U);
        EXPECT_TRUE(layer.inputs[0].constant);
        EXPECT_EQ(layer.inputs[0].precision.count(), fact["operand_precision"]["W"]);
        EXPECT_EQ(layer.inputs[1].precision.count(), fact["operand_precision"]["I"]);
        EXPECT_EQ(layer.inputs[1].source.value_or(-1), fact["operand_source"]["I"][0]);
        EXPECT_EQ(layer.inputs[1].sliding.size(), fact.value("equation_relations", json::array()).size());
    }
}

TEST(Fsrcnn, ReadsWhatTheLayerBeforeMakes)
{
    const Workload workload = fsrcnn();
    for (const Layer& layer : workload.layers()) {
        const Operand& input = layer.inputs[1];
        const std::int64_t made_columns = input.source ? workload.layer(*input.source).sizes[LoopDim::ox] : 974;
        const std::int64_t made_rows = input.source ? workload.layer(*input.source).sizes[LoopDim::oy] : 554;
        EXPECT_EQ(columns(input, layer.sizes), made_columns) << layer.name;
        EXPECT_EQ(rows(input, layer.sizes), made_rows) << layer.name;
    }
}

TEST(MetaPrototypeMapping, UnrollsFsrcnnAsPublished)
{
    const json published = facts("workloads/fsrcnn.json")["spatial_mapping"]["Meta_prototype"];
    const Accelerator accelerator = meta_prototype_df();
    const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml", accelerator);
    const Workload workload = fsrcnn();
    for (const Layer& layer : workload.layers()) {
        for (const Unrolling& unrolling : rules.rule_for(layer).unrollings) {
            const auto dimension = accelerator.array().dimension_named(unrolling.array_dimension);
            const std::int64_t size =
                std::min({unrolling.size, accelerator.array().dimensions[*dimension].size, layer.sizes[unrolling.dim]});
            const json& fact = published[std::to_string(layer.id)];
            const json expected = fact.value(unrolling.array_dimension, json{name_of(unrolling.dim), 1});
            EXPECT_EQ((json{name_of(unrolling.dim), size}), expected) << layer.name << ' ' << unrolling.array_dimension;
        }
    }
}

}  // namespace
}  // namespace plumbline::test
