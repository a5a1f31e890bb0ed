// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::test {
namespace {

const std::string kChip = R"(name: chip
memories:
  reg:
    size: 16
    r_cost: 0.02
    w_cost: 0.03
    latency: 1
    operands: [O]
    ports:
      - name: rw_port_1
        type: read_write
        bandwidth_min: 8
        bandwidth_max: 16
        allocation: ["O, tl", "O, fl", "O, th", "O, fh"]
    served_dimensions: []
  dram:
    size: 10000000000
    r_cost: 700
    w_cost: 750
    area: 0
    mem_type: dram
    latency: 1
    auto_cost_extraction: False
    operands: [I1, I2, O]
    ports:
      - name: r_port_1
        type: read
        bandwidth_min: 64
        bandwidth_max: 64
        allocation:
          - I1, tl
          - I2, tl
          - O, tl
      - name: w_port_1
        type: write
        bandwidth_min: 32
        bandwidth_max: 64
        allocation:
          - O, fl
    served_dimensions: [D1]
operational_array:
  unit_energy: 0.04
  unit_area: 1
  dimensions: [D1]
  sizes: [4]
)";

void expect_accelerator_refused(const std::string& from, const std::string& to, int line, const std::string& field,
                                const std::string& part)
{
    const std::string text = edited(kChip, from, to);
    expect_input_error([&] { io::parse_accelerator(text, "chip.yaml"); }, {"chip.yaml", line, field}, part);
}

TEST(AcceleratorYaml, ReadsMemoriesPortsAndDirections)
{
    const Accelerator chip = io::parse_accelerator(kChip, "chip.yaml");
    EXPECT_EQ(chip.name(), "chip");
    EXPECT_EQ(chip.array(), (MacArray{{{"D1", 4}}, Picojoules{0.04}, false}));
    ASSERT_EQ(chip.memories().size(), 2U);
    EXPECT_EQ(chip.memory(0).name, "reg");
    EXPECT_EQ(chip.memory(0).read_energy, Picojoules{0.02});
    EXPECT_EQ(chip.memory(0).write_energy, Picojoules{0.03});
    EXPECT_EQ(chip.memory(1).size, Bits{10'000'000'000});
    EXPECT_EQ(chip.memory(1).ports[1], (Port{"w_port_1", PortType::write, Bits{64}, Bits{32}}));
    EXPECT_EQ(chip.port(1, MemoryOperand::o, Direction::write_from_down).name, "w_port_1");
    EXPECT_EQ(chip.port(1, MemoryOperand::i2, Direction::read_down).name, "r_port_1");
    EXPECT_EQ(chip.instances(0), 4);
    EXPECT_EQ(chip.instances(1), 1);
}

TEST(AcceleratorYaml, RefusesAKeyGivenTwice)
{
    expect_accelerator_refused("    size: 16\n", "    size: 8\n    size: 16\n", 5, "memories.reg.size",
                               "is given twice");
}

TEST(AcceleratorYaml, PassesOverPortsInTheOldFormOfZigZag)
{
    // ZigZag's own tpu_like.yaml has ports as they were written once, then as they are.
    const std::string old = "    ports:\n      - fh: w_port_1\n        tl: r_port_1\n    ports:\n";
    EXPECT_EQ(io::parse_accelerator(edited(kChip, "    ports:\n", old), "chip.yaml"),
              io::parse_accelerator(kChip, "chip.yaml"));
    expect_accelerator_refused("    ports:\n", "    ports:\n      - name: r\n    ports:\n", 11, "memories.reg.ports",
                               "is given twice");
}

TEST(AcceleratorYaml, RefusesTextThatIsNoYaml)
{
    const std::string cut = kChip.substr(0, kChip.find(", \"O, th\""));
    expect_input_error([&] { io::parse_accelerator(cut, "chip.yaml"); }, {"chip.yaml", 14, ""}, "not valid YAML");
    expect_input_error([] { io::parse_accelerator("", "chip.yaml"); }, {"chip.yaml", 1, ""}, "expected a map");
    expect_input_error([] { io::parse_accelerator("- 1\n", "chip.yaml"); }, {"chip.yaml", 1, ""}, "expected a map");
    expect_input_error([] { io::read_accelerator("nowhere/chip.yaml"); }, {"nowhere/chip.yaml", 0, ""},
                       "cannot be read");
}

TEST(AcceleratorYaml, NamesTheNearestKeyForAnUnknownOne)
{
    expect_accelerator_refused("served_dimensions: []", "served_dimension: []", 15, "memories.reg.served_dimension",
                               "did you mean 'served_dimensions'?");
    expect_accelerator_refused("bandwidth_max: 16", "width: 16", 13, "memories.reg.ports[0].width",
                               "is not a known key, expected one of name, type, bandwidth_min");
    expect_accelerator_refused("unit_area: 1", "unit_aera: 1", 43, "operational_array.unit_aera", "'unit_area'");
}

TEST(AcceleratorYaml, RefusesWhatIsMissing)
{
    expect_accelerator_refused("    size: 16\n", "", 3, "memories.reg.size", "is missing");
    expect_accelerator_refused("    r_cost: 700\n", "", 16, "memories.dram", "r_cost is missing");
    expect_accelerator_refused("name: chip\n", "", 1, "name", "is missing");
}

TEST(AcceleratorYaml, RefusesValuesOfTheWrongType)
{
    expect_accelerator_refused("size: 16", "size: big", 4, "memories.reg.size", "is 'big', expected an integer");
    expect_accelerator_refused("size: 16", "size: 16.5", 4, "memories.reg.size", "expected an integer");
    expect_accelerator_refused("size: 16", "size: \"16\"", 4, "memories.reg.size", "expected an integer");
    expect_accelerator_refused("size: 16", "size: [16]", 4, "memories.reg.size", "is a list, expected an integer");
    expect_accelerator_refused("r_cost: 0.02", "r_cost: cheap", 5, "memories.reg.r_cost", "expected a number");
    expect_accelerator_refused("operands: [O]", "operands: O", 8, "memories.reg.operands", "is 'O', expected a list");
    expect_accelerator_refused("auto_cost_extraction: False", "auto_cost_extraction: perhaps", 23,
                               "memories.dram.auto_cost_extraction", "expected true or false");
}

TEST(AcceleratorYaml, RefusesSizesThatAreNotPositive)
{
    expect_accelerator_refused("size: 16", "size: -16", 4, "memories.reg.size", "is -16");
    expect_accelerator_refused("sizes: [4]", "sizes: [0]", 45, "operational_array.sizes[0]", "is 0");
    expect_accelerator_refused("sizes: [4]", "sizes: [4, 4]", 45, "operational_array.sizes", "has 2 entries");
}

TEST(AcceleratorYaml, RefusesUnknownNames)
{
    expect_accelerator_refused("operands: [O]", "operands: [O3]", 8, "memories.reg.operands[0]",
                               "'O3' is no memory operand");
    expect_accelerator_refused("type: read_write", "type: both", 11, "memories.reg.ports[0].type",
                               "read, write or read_write");
    expect_accelerator_refused("- O, fl", "- O, ff", 39, "memories.dram.ports[1].allocation[0]",
                               "'ff' is no direction");
    expect_accelerator_refused("- O, fl", "- O", 39, "memories.dram.ports[1].allocation[0]", "such as 'I1, tl'");
    expect_accelerator_refused("served_dimensions: [D1]", "served_dimensions: [D7]", 40,
                               "memories.dram.served_dimensions[0]", "'D7'");
    expect_accelerator_refused("[\"O, tl\"", "[\"I1, tl\"", 14, "memories.reg.ports[0].allocation[0]",
                               "not among the memory's operands");
}

TEST(AcceleratorYaml, RefusesPortsThatDoNotFit)
{
    expect_accelerator_refused("          - I2, tl\n", "", 25, "memories.dram.ports", "no port for I2 read_down");
    expect_accelerator_refused("- O, fl", "- O, fl\n          - I1, tl", 34, "memories.dram.ports[1]",
                               "which is a write port");
    expect_accelerator_refused("          - O, tl\n", "          - O, tl\n          - O, fh\n", 26,
                               "memories.dram.ports[0]",
                               "O write_from_up goes through 'r_port_1', which is a read port");
    expect_accelerator_refused("bandwidth_min: 8", "bandwidth_min: 32", 12, "memories.reg.ports[0].bandwidth_min",
                               "at most");
}

TEST(AcceleratorYaml, RefusesOperandsWithoutAWayToTheTop)
{
    expect_accelerator_refused("operands: [I1, I2, O]", "operands: [I2, O]", 31, "memories.dram.ports[0].allocation[0]",
                               "I1");
    const std::string no_i1 = edited(edited(kChip, "[I1, I2, O]", "[I2, O]"), "          - I1, tl\n", "");
    expect_input_error([&] { io::parse_accelerator(no_i1, "chip.yaml"); }, {"chip.yaml", 2, "memories"}, "serves I1");
}

TEST(AcceleratorYaml, RefusesMemoriesGivenTwice)
{
    expect_accelerator_refused("  dram:\n", "  reg:\n", 16, "memories.reg", "is given twice");
}

TEST(AcceleratorYaml, RefusesInMemoryComputeByName)
{
    expect_accelerator_refused("  unit_area: 1\n", "  is_imc: true\n", 43, "operational_array.is_imc", "IMC");
    expect_accelerator_refused("  unit_area: 1\n", "  imc_type: analog\n", 43, "operational_array.imc_type", "IMC");
    expect_accelerator_refused("  unit_area: 1\n", "  adc_resolution: 8\n", 43, "operational_array.adc_resolution",
                               "IMC");
    EXPECT_NO_THROW(io::parse_accelerator(edited(kChip, "  unit_area: 1\n", "  is_imc: false\n"), "chip.yaml"));
}

TEST(AcceleratorYaml, RefusesCostsThatWouldHaveToBeExtracted)
{
    const std::string text = edited(kChip, "auto_cost_extraction: False", "auto_cost_extraction: True");
    EXPECT_NO_THROW(io::parse_accelerator(text, "chip.yaml"));
    const std::string without = edited(text, "    r_cost: 700\n", "");
    expect_input_error([&] { io::parse_accelerator(without, "chip.yaml"); },
                       {"chip.yaml", 22, "memories.dram.auto_cost_extraction"}, "give r_cost in pJ");
}

TEST(AcceleratorYaml, LetsForcedDoubleBufferingChangeNothingAsZigZagDoes)
{
    const std::string forced = edited(kChip, "    area: 0\n", "    force_double_buffering: True\n");
    EXPECT_EQ(io::parse_accelerator(forced, "chip.yaml"), io::parse_accelerator(kChip, "chip.yaml"));
    expect_accelerator_refused("    area: 0\n", "    force_double_buffering: often\n", 20,
                               "memories.dram.force_double_buffering", "true or false");
}

TEST(AcceleratorYaml, LetsMemoriesLeaveArrayDimensionsUnserved)
{
    // ZigZag's ascend_like has an off-chip memory that serves two of four dimensions.
    const std::string text = edited(edited(kChip, "  dimensions: [D1]", "  dimensions: [D1, D2]"), "[4]", "[4, 3]");
    const Accelerator accelerator = io::parse_accelerator(text, "chip.yaml");
    EXPECT_EQ(accelerator.instances(0), 4 * 3);
    EXPECT_EQ(accelerator.instances(accelerator.top()), 3);
}

TEST(AcceleratorYaml, LetsInputsStayAtTheMacsUnlessItSaysOtherwise)
{
    const std::string reads = edited(kChip, "  unit_area: 1\n", "  unit_area: 1\n  rereads_inputs: true\n");
    EXPECT_FALSE(io::parse_accelerator(kChip, "chip.yaml").array().rereads_inputs) << "as in ZigZag v3";
    EXPECT_TRUE(io::parse_accelerator(reads, "chip.yaml").array().rereads_inputs) << "as in DeFiNES";
    expect_accelerator_refused("  unit_area: 1\n", "  rereads_inputs: often\n", 43, "operational_array.rereads_inputs",
                               "often");
}

TEST(AcceleratorYaml, RefusesWhatItCannotHonour)
{
    expect_accelerator_refused("operational_array:\n", "dataflows:\n  D1:\n    - K, 4\noperational_array:\n", 41,
                               "dataflows", "default rule");
}

}  // namespace
}  // namespace plumbline::test
