// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/new_accelerator.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "model/input_error.hpp"
#include "plumbline/check.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::io {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Accelerator made(const NewAccelerator& answers) { return parse_accelerator(accelerator_yaml(answers), "new.yaml"); }

const Memory& memory_of(const Accelerator& accelerator, const std::string& name)
{
    return accelerator.memory(*accelerator.memory_named(name));
}

/// Of a full-width word, over its width.
double read_energy_of_a_bit(const Memory& memory)
{
    return memory.read_energy.count() / static_cast<double>(memory.ports.front().width.count());
}

TEST(NewAccelerator, HasNothingSuspicious)
{
    for (const auto& array :
         std::vector<std::vector<NewArrayDimension>>{NewAccelerator{}.array,
                                                     {{LoopDim::k, 32}},
                                                     {{LoopDim::k, 32}, {LoopDim::c, 32}},
                                                     {{LoopDim::k, 8}, {LoopDim::ox, 8}, {LoopDim::fx, 3}}}) {
        NewAccelerator answers;
        answers.array = array;
        const Accelerator accelerator = made(answers);
        EXPECT_THAT(check_accelerator(accelerator), IsEmpty());
        EXPECT_THAT(check_rules(parse_mapping(mapping_yaml(answers), "rules.yaml", accelerator), accelerator),
                    IsEmpty());
    }
}

TEST(NewAccelerator, HasARegisterForEachWeightAndEachSum)
{
    // 16 x 4 weights are shared along OX and OY, 16 x 4 x 4 sums along C.
    const Accelerator accelerator = made({});
    EXPECT_EQ(accelerator.array().units(), 16 * 4 * 4 * 4);
    EXPECT_EQ(accelerator.instances(*accelerator.memory_named("register_w")), 16 * 4);
    EXPECT_EQ(accelerator.instances(*accelerator.memory_named("register_o")), 16 * 4 * 4);
    EXPECT_EQ(memory_of(accelerator, "register_o").size, Bits{16});
}

TEST(NewAccelerator, MovesByDefaultWhatTheArrayTakesInACycle)
{
    // 16 x 4 x 4 sums of 16 bits in four cycles are 1,024 bits a cycle, more than 4 channels x 16 pixels of 8 bits (512). 16 x 3
    // weights of 8 bits are 384, and the next power of two is 512.
    NewAccelerator answers;
    EXPECT_EQ(memory_of(made(answers), "maps").ports.front().width, Bits{1024});
    EXPECT_EQ(memory_of(made(answers), "weights").ports.front().width, Bits{512});
    answers.array = {{LoopDim::k, 16}, {LoopDim::c, 3}};
    EXPECT_EQ(memory_of(made(answers), "weights").ports.front().width, Bits{512});
    answers.memories = {{"all", kibibytes(8), {MemoryOperand::i1, MemoryOperand::i2, MemoryOperand::o}, Bits{96}}};
    EXPECT_EQ(memory_of(made(answers), "all").ports.front().width, Bits{96});
}

TEST(NewAccelerator, CostsWhatTheRuleSays)
{
    // 0.2 pJ a bit at 1 MiB and half of that at a quarter of the size; off chip 11; a MAC of 16 bits four times one of 8.
    NewAccelerator answers;
    answers.precision = Bits{16};
    answers.memories = {{"quarter", kibibytes(256), {MemoryOperand::i1}}, {"one", mebibytes(1), {MemoryOperand::i1}}};
    const Accelerator accelerator = made(answers);
    EXPECT_NEAR(read_energy_of_a_bit(memory_of(accelerator, "quarter")), 0.1, 1e-4);
    EXPECT_NEAR(read_energy_of_a_bit(memory_of(accelerator, "one")), 0.2, 1e-4);
    EXPECT_NEAR(read_energy_of_a_bit(memory_of(accelerator, "off_chip")), 11, 1e-4);
    EXPECT_NEAR(accelerator.array().mac_energy.count(), 0.16, 1e-9);
}

TEST(NewAccelerator, ExplainsEachField)
{
    const std::string text = accelerator_yaml({});
    for (const char* field : {"unit_energy", "dimensions", "sizes", "size ", "r_cost", "w_cost", "latency", "operands",
                              "ports", "type", "bandwidth_max", "bandwidth_min", "allocation", "served_dimensions"})
        EXPECT_THAT(text, HasSubstr(field));
    EXPECT_THAT(text, HasSubstr("to be replaced"));
}

TEST(NewAccelerator, RefusesWhatCannotBe)
{
    const auto refused = [](const std::function<void(NewAccelerator&)>& change, const std::string& field) {
        NewAccelerator answers;
        change(answers);
        test::expect_input_error([&] { accelerator_yaml(answers); }, field, "");
    };
    refused([](NewAccelerator& each) { each.name = "two words"; }, "name");
    refused([](NewAccelerator& each) { each.array.clear(); }, "array");
    refused([](NewAccelerator& each) { each.array = {{LoopDim::k, 0}}; }, "array");
    refused([](NewAccelerator& each) { each.array = {{LoopDim::k, 4096}, {LoopDim::c, 4096}}; }, "array");
    refused([](NewAccelerator& each) { each.precision = Bits{0}; }, "precision");
    refused([](NewAccelerator& each) { each.memories[0].name = "a: b"; }, "memories");
    refused([](NewAccelerator& each) { each.memories[1].name = "weights"; }, "memories");
}

}  // namespace
}  // namespace plumbline::io
