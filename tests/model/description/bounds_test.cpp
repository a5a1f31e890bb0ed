// SPDX-License-Identifier: Apache-2.0
// Sizes whose products would not fit: each is refused where it is described.
#include <gtest/gtest.h>

#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::test {
namespace {

constexpr std::int64_t kHuge = std::int64_t{1} << 62;

template <class Change>
void expect_machine_refused(Change change, const std::string& field, const std::string& part)
{
    MacArray array = two_macs();
    std::vector<Memory> memories{register_file(), shared_sram(), off_chip()};
    change(array, memories);
    expect_input_error([&] { Accelerator("tiny", array, memories); }, field, part);
}

template <class Change>
void expect_layer_refused(Change change, const std::string& field, const std::string& part)
{
    Layer layer = conv3x3();
    change(layer);
    expect_input_error([&] { Workload("net", {layer}); }, field, part);
}

TEST(Bounds, OfArraysAreOfAllTheirDimensionsTogether)
{
    // 2 * 2^31 MACs.
    expect_machine_refused(
        [](MacArray& array, auto&) {
            array.dimensions.push_back({"D2", std::int64_t{1} << 31});
        },
        "operational_array.sizes[1]", "an array of at most 2^31 MACs");
    MacArray largest = two_macs();
    largest.dimensions.push_back({"D2", std::int64_t{1} << 30});
    Memory top = off_chip();
    top.served_dimensions = {0, 1};
    Memory shared = shared_sram();
    shared.served_dimensions = {0, 1};
    EXPECT_NO_THROW(Accelerator("tiny", largest, {register_file(), shared, top}));
}

TEST(Bounds, OfMemoriesAreOfAllTheirInstances)
{
    // 2^62 bits in each of two instances, one for each MAC.
    expect_machine_refused([](auto&, auto& memories) { memories[0].size = Bits{kHuge}; }, "memories.reg_o.size",
                           "in each of 2 instances, expected at most 2^62 bits in all");
    expect_machine_refused([](auto&, auto& memories) { memories[1].ports[0].width = Bits{kHuge}; },
                           "memories.sram.ports[0].bandwidth_max", "at most 2^31 bits per cycle");
    expect_machine_refused([](auto&, auto& memories) { memories[1].latency = Cycles{kHuge}; }, "memories.sram.latency",
                           "at most 2^30 cycles");
    expect_machine_refused([](auto&, auto& memories) { memories[1].read_energy = Picojoules{1e300}; },
                           "memories.sram.r_cost", "is 1e+300, expected an energy in pJ of at most 1e+15");
}

TEST(Bounds, OfHierarchiesAreEightLevelsForAnOperand)
{
    const auto with_levels = [](int levels) {
        std::vector<Memory> memories{register_file(), shared_sram()};
        for (int i = 0; i + 3 < levels; ++i) {
            memories.push_back(shared_sram());
            memories.back().name = "sram_" + std::to_string(i);
        }
        memories.push_back(off_chip());
        return memories;
    };
    EXPECT_NO_THROW(Accelerator("tiny", two_macs(), with_levels(8)));
    expect_input_error([&] { Accelerator("tiny", two_macs(), with_levels(9)); }, "memories",
                       "9 memories serve O, expected at most 8 levels");
}

TEST(Bounds, OfLayersAreOfMacsStridesAndBits)
{
    expect_layer_refused([](Layer& l) { l.sizes[LoopDim::k] = kHuge; }, "layers[0].loop_sizes", "at most 2^50 MACs");
    expect_layer_refused([](Layer& l) { l.inputs[1].sliding[0].stride = kHuge; }, "layers[0].dimension_relations",
                         "expected at most 2^31 for a factor of IY");
    // 5 rows lie between the first and the last of 6 in steps of 2^30.
    expect_layer_refused([](Layer& l) { l.inputs[1].sliding[1].stride = std::int64_t{1} << 30; },
                         "layers[0].dimension_relations", "IX reaches over 5368709123 positions");
    expect_layer_refused([](Layer& l) { l.inputs[1].precision = Bits{kHuge}; }, "layers[0].operand_precision.I",
                         "expected at most 2^10 bits");
    // 2 channels of 2^31 - 1 rows and as many columns, in an input that few MACs read.
    const auto wide = [](Layer& l) {
        l.sizes[LoopDim::ox] = l.sizes[LoopDim::oy] = 2;
        l.inputs[1].sliding[0].stride = l.inputs[1].sliding[1].stride = (std::int64_t{1} << 31) - 4;
    };
    expect_layer_refused(wide, "layers[0].loop_sizes", "operand I has more than 2^53 bits");
}

/// Layers of one pixel whose windows of 2 lie `step` apart; each reads the one before.
Workload chain(std::int64_t step, int layers)
{
    std::vector<Layer> all;
    for (int i = 0; i < layers; ++i) {
        Layer layer = conv3x3();
        layer.id = i;
        layer.name = "l" + std::to_string(i);
        layer.sizes[LoopDim::k] = layer.sizes[LoopDim::ox] = layer.sizes[LoopDim::oy] = layer.sizes[LoopDim::fx] = 1;
        layer.sizes[LoopDim::fy] = 2;
        layer.inputs[1].sliding[0].stride = step;
        if (i > 0) layer.inputs[1].source = i - 1;
        all.push_back(layer);
    }
    return {"chain", all};
}

TEST(Bounds, OfNetworksAreOfWhatFusedLayersNeed)
{
    // One row needs 2 of the layer before, which need 2^20 + 2 of the one before, which need 2^40 + 2^20 + 2.
    EXPECT_NO_THROW(chain(std::int64_t{1} << 20, 3));
    expect_input_error([] { chain(std::int64_t{1} << 20, 4); }, "layers[0]", "more than 2^31 positions");
}

}  // namespace
}  // namespace plumbline::test
