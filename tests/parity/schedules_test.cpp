// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "meta_prototype.hpp"

namespace plumbline::parity {
namespace {

using nlohmann::json;

/// A whole schedule of FSRCNN as one stack: mode, tile and limit of loop factors are in the name.
class WholeSchedule : public ::testing::TestWithParam<const char*> {
protected:
    WholeSchedule()
    {
        std::ifstream file{kReference + "/Meta_prototype_DF__fsrcnn__" + GetParam() + ".json"};
        reference = json::parse(file);
        cost = pair.predicted(reference["mode"], {reference["tile_x"], reference["tile_y"]}, reference["lpf"]);
    }

    /// The copies before a layer; nothing where nothing was copied.
    CopyCost copy_before(const std::string& name) const
    {
        for (const ScheduledCopyCost& copy : cost.copies) {
            const std::string ours =
                copy.before_layer ? "LayerNode_" + std::to_string(*copy.before_layer) : "InputLayerNode_-1";
            if (name == "layer datamovement_b4_" + ours) return copy.cost;
        }
        return {};
    }

    const LayerCost& layer_called(const std::string& name) const
    {
        for (const ScheduledLayerCost& layer : cost.layers)
            if (name == "layer " + layer.name) return layer.cost;
        throw std::out_of_range(name);
    }

    MetaPrototype pair;
    json reference;
    ScheduleCost cost;
};

void expect_same_accesses(const LayerCost& layer, const json& reference)
{
    for (const OperandCost& operand : layer.operands) {
        const json& levels = reference.at(operand.operand);
        ASSERT_EQ(operand.levels.size(), levels.size());
        for (std::size_t level = 0; level < levels.size(); ++level)
            for (std::size_t d = 0; d < kAllDirections.size(); ++d)
                expect_equal(operand.levels[level].accesses[kAllDirections[d]].count(), levels[level][d],
                             operand.operand + " level " + std::to_string(level));
    }
}

TEST_P(WholeSchedule, MatchesPerLayerAndCopy)
{
    for (const json& entry : reference["entries"]) {
        const std::string name = entry["name"];
        SCOPED_TRACE(name);
        if (entry["kind"] == "copy") {
            expect_equal(copy_before(name).energy.count(), entry["energy_total"], "energy");
            EXPECT_EQ(static_cast<double>(copy_before(name).latency.count()), entry["latency_total2"]);
            continue;
        }
        const LayerCost& layer = layer_called(name);
        expect_equal(layer.energy().count(), entry["energy_total"], "energy");
        expect_equal(layer.mac_energy.count(), entry["mac_energy"], "MAC energy");
        EXPECT_EQ(static_cast<double>(layer.ideal.count()), entry["ideal_cycle"]);
        EXPECT_EQ(static_cast<double>(layer.temporal.count()), entry["ideal_temporal_cycle"]);
        EXPECT_LE(static_cast<double>(layer.latency().count()), entry["latency_total2"]);
        expect_same_accesses(layer, entry["word_access"]);
    }
}

TEST_P(WholeSchedule, MatchesInTotal)
{
    expect_equal(cost.energy().count(), reference["energy_total"], "energy");
    EXPECT_LE(static_cast<double>(cost.latency().count()), reference["latency_total2"]);
}

INSTANTIATE_TEST_SUITE_P(OfFsrcnn, WholeSchedule,
                         ::testing::Values("m1_16x4_lpf8", "m3_4x4_lpf8", "m3_60x72_lpf6", "m3_60x72_lpf8"),
                         [](const auto& test) { return std::string{test.param}; });

}  // namespace
}  // namespace plumbline::parity
