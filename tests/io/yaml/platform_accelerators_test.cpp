// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "io/platform_facts.hpp"

namespace plumbline::test {
namespace {

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
            const auto& port = memory.services[i].port[direction];
            EXPECT_EQ(port ? json(memory.ports[*port].name) : json(nullptr), fact["port_of"][operand][name])
                << operand << ' ' << name;
        }
    }
}

void expect_places(const Accelerator& accelerator, MemoryId id, const json& fact)
{
    EXPECT_EQ(accelerator.instances(id), fact["instances"]);
    for (const auto& [operand, level] : fact["level_of_operand"].items()) {
        EXPECT_EQ(accelerator.level_of(*memory_operand_named(operand), id), level.get<std::size_t>());
    }
    json served = json::array();
    for (std::size_t dimension : accelerator.memory(id).served_dimensions) {
        served.push_back(accelerator.array().dimensions[dimension].name);
    }
    EXPECT_EQ(served, fact["serves"]);
}

class BuiltInAccelerator : public ::testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(BuiltInAccelerator, IsThatOfDefines)
{
    const std::string name = std::get<0>(GetParam()) + std::get<1>(GetParam());
    const json expected = facts("hardware/" + name + ".json");
    const Accelerator accelerator = accelerator_called(name);
    EXPECT_EQ(accelerator.array().mac_energy.count(), expected["mac_energy"]);
    ASSERT_EQ(accelerator.array().dimensions.size(), expected["array"].size());
    for (const ArrayDimension& each : accelerator.array().dimensions) {
        EXPECT_EQ(each.size, expected["array"][each.name]);
    }
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
        expect_places(accelerator, id, fact);
        expect_ports(memory, fact);
        expect_services(memory, fact);
    }
}

INSTANTIATE_TEST_SUITE_P(All, BuiltInAccelerator,
                         ::testing::Combine(::testing::ValuesIn(kFamilies),
                                            ::testing::Values(std::string{}, std::string{"_DF"})),
                         [](const auto& test) { return std::get<0>(test.param) + std::get<1>(test.param); });

}  // namespace
}  // namespace plumbline::test
