// SPDX-License-Identifier: Apache-2.0
// Whole schedules of DeFiNES: per layer, per copy and in total.
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "pair.hpp"
#include "plumbline/copy_cost.hpp"

namespace plumbline::parity {
namespace {

using nlohmann::json;

/// <accelerator>__<network>__m<mode>_<tile>_lpf<factors>[__cuts-<cuts>]
std::vector<std::string> parts_of(const std::string& file)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin != std::string::npos;) {
        const auto end = file.find("__", begin);
        parts.push_back(file.substr(begin, end == std::string::npos ? end : end - begin));
        begin = end == std::string::npos ? end : end + 2;
    }
    return parts;
}

Cuts cuts_of_file(const std::vector<std::string>& parts)
{
    if (parts.size() < 4) return {};
    const std::string text = parts[3].substr(std::string{"cuts-"}.size());
    if (text == "each") return {Cuts::Kind::each, {}};
    return {Cuts::Kind::given, {std::stoll(text)}};
}

class WholeSchedule : public ::testing::TestWithParam<const char*> {
protected:
    WholeSchedule()
        : parts{parts_of(GetParam())},
          pair{parts[0], parts[1]},
          reference(read(GetParam())),
          schedule{pair.planned(reference["mode"], {reference["tile_x"], reference["tile_y"]}, reference["lpf"],
                                cuts_of_file(parts))},
          cost{predict(pair.accelerator, pair.workload, schedule, Estimator::uniform)}
    {}

    static json read(const std::string& name)
    {
        std::ifstream file{kReference + "/schedules/" + name + ".json"};
        return json::parse(file);
    }

    /// Layers have names in our networks and ids in DeFiNES.
    const LayerCost& layer(LayerId id) const
    {
        for (const ScheduledLayerCost& each : cost.layers)
            if (each.layer == id) return each.cost;
        throw std::out_of_range(std::to_string(id));
    }

    /// What is copied before a layer, or into all stacks; nothing where nothing is.
    CopyCost copies(std::optional<LayerId> before) const
    {
        for (const ScheduledCopyCost& each : cost.copies)
            if (each.before_layer == before) return each.cost;
        return {};
    }

    /// The same of the reference, which lists each stack's inputs separately.
    CopyCost reference_copies(std::optional<LayerId> before) const
    {
        const std::string name = "layer datamovement_b4_" + (before ? "LayerNode_" + std::to_string(*before) : "Input");
        CopyCost sum;
        for (const json& entry : reference["entries"]) {
            const std::string here = entry["name"];
            if (before ? here != name : here.rfind(name, 0) != 0) continue;
            sum.energy += Picojoules{entry["energy_total"]};
            sum.latency += Cycles{static_cast<std::int64_t>(entry["latency_total2"].get<double>())};
        }
        return sum;
    }

    void expect_same_copies(std::optional<LayerId> before) const
    {
        expect_equal(copies(before).energy.count(), reference_copies(before).energy.count(), "energy of copies");
        EXPECT_EQ(copies(before).latency, reference_copies(before).latency);
    }

    std::vector<std::string> parts;
    Pair pair;
    json reference;
    Schedule schedule;
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

TEST_P(WholeSchedule, MatchesPerLayer)
{
    for (const json& entry : reference["entries"]) {
        if (entry["kind"] != "layer") continue;
        SCOPED_TRACE(entry["name"]);
        const LayerCost& ours = layer(entry["id"]);
        expect_equal(ours.energy().count(), entry["energy_total"], "energy");
        expect_equal(ours.mac_energy.count(), entry["mac_energy"], "MAC energy");
        EXPECT_EQ(static_cast<double>(ours.ideal.count()), entry["ideal_cycle"]);
        EXPECT_EQ(static_cast<double>(ours.temporal.count()), entry["ideal_temporal_cycle"]);
        EXPECT_LE(static_cast<double>(ours.latency().count()), entry["latency_total2"]);
        expect_same_accesses(ours, entry["word_access"]);
    }
}

TEST_P(WholeSchedule, MatchesPerCopyAndInTotal)
{
    expect_same_copies(std::nullopt);
    for (const Layer& each : pair.workload.layers()) expect_same_copies(each.id);
    expect_equal(cost.energy().count(), reference["energy_total"], "energy");
    EXPECT_LE(static_cast<double>(cost.latency().count()), reference["latency_total2"]);
}

std::string readable(const ::testing::TestParamInfo<const char*>& test)
{
    std::string name = test.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(
    OfDefines, WholeSchedule,
    ::testing::Values("Ascend_like_DF__resnet18__m3_14x14_lpf6", "Ascend_like__fsrcnn__m1_4x72_lpf6",
                      "Edge_TPU_like_DF__resnet18__m3_8x8_lpf6", "Edge_TPU_like__mccnn__m1_16x8_lpf6",
                      "Meta_prototype_DF__fsrcnn__m1_16x4_lpf8", "Meta_prototype_DF__fsrcnn__m3_4x4_lpf8",
                      "Meta_prototype_DF__fsrcnn__m3_60x72_lpf6", "Meta_prototype_DF__fsrcnn__m3_60x72_lpf6__cuts-3",
                      "Meta_prototype_DF__fsrcnn__m3_60x72_lpf8",
                      "Meta_prototype_DF__fsrcnn__m3_960x540_lpf6__cuts-each",
                      "Meta_prototype__mobilenetv1__m1_7x7_lpf6", "TPU_like_DF__fsrcnn__m2_60x72_lpf6",
                      "TPU_like__fsrcnn__m3_960x540_lpf6__cuts-each", "Tesla_NPU_like_DF__dmcnnvd__m3_32x16_lpf6",
                      "Tesla_NPU_like_DF__mobilenetv1__m3_7x7_lpf6"),
    readable);

/// ResNet18 in single layers on TPU_like. The published description maps the channels of layer 1's output to K for the
/// addition and to G for the convolution that read it; where a stack begins there, DeFiNES multiplies both, so that the
/// map that enters layer 2's stack has 64 x 64 channels. Ours has 64.
class MapWithChannelsSquared : public WholeSchedule {
protected:
    const Stack& stack_of(LayerId layer) const
    {
        return *std::find_if(schedule.stacks.begin(), schedule.stacks.end(),
                             [&](const Stack& stack) { return stack.layers.front() == layer; });
    }

    /// What DeFiNES copies on a tile whose input is 64 times too large: it stays in dram where sram has no room for it, and
    /// is copied down before the layer. Then the cached columns lie in dram, too: 2 of the 3x3 window, as high as the tile.
    CopyCost squared(Copy copy, bool first_column, bool before_layer) const
    {
        const Bits cached = copy.region.precision * (copy.region.channels * copy.region.rows * 2);
        copy.region.channels *= 64;
        const Bits sram = pair.accelerator.memory(copy.to.memory).size;
        const bool stays = copy.region.size() > sram;
        if (stays != before_layer) return {};
        std::vector<CopyTransfer> movements{{copy.region.size(), copy.from, copy.to}};
        if (stays && !first_column) movements.push_back({cached, copy.from, copy.to});
        return copy_cost(pair.accelerator, movements, Estimator::uniform);
    }

    CopyCost of_stack(bool as_published, bool before_layer) const
    {
        CopyCost sum;
        for_each_step(stack_of(2), [&](const ScheduledStep& step) {
            if (step.copies() == nullptr) return;
            const bool first_column = step.tiles.column == TilePosition::first;
            for (const Copy& copy : step.copies()->copies) {
                CopyCost one = as_published
                                   ? squared(copy, first_column, before_layer)
                                   : copy_cost(pair.accelerator, CopyStep{std::nullopt, {copy}}, Estimator::uniform);
                sum += one *= step.tiles.count;
            }
        });
        return sum;
    }
};

TEST_P(MapWithChannelsSquared, ExplainsTheOnlyDifference)
{
    for (const Layer& each : pair.workload.layers())
        if (each.id != 2) expect_same_copies(each.id);
    const Picojoules entering = copies(std::nullopt).energy - of_stack(false, false).energy;
    expect_equal((entering + of_stack(true, false).energy).count(), reference_copies(std::nullopt).energy.count(),
                 "energy of entering maps");
    expect_equal(of_stack(true, true).energy.count(), reference_copies(2).energy.count(), "energy of copies before 2");
    EXPECT_EQ(of_stack(true, true).latency, reference_copies(2).latency);
    EXPECT_LT(cost.energy().count(), reference["energy_total"]);
}

TEST_P(MapWithChannelsSquared, LeavesTheLayersAlone)
{
    for (const json& entry : reference["entries"])
        if (entry["kind"] == "layer")
            expect_equal(layer(entry["id"]).energy().count(), entry["energy_total"], entry["name"]);
}

INSTANTIATE_TEST_SUITE_P(OfDefines, MapWithChannelsSquared, ::testing::Values("TPU_like__resnet18__m2_28x28_lpf6"),
                         readable);

}  // namespace
}  // namespace plumbline::parity
