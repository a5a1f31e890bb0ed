// SPDX-License-Identifier: Apache-2.0
// The networks of platforms/workloads that are as published: their multiply-accumulates, counted again from the tables of
// their papers; their maps, which must fit together; and the mapping rules that they meet on every accelerator.
#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>

#include "io/platform_facts.hpp"
#include "io/yaml/published_counts.hpp"
#include "plumbline/io/description_folder.hpp"

#include <yaml-cpp/yaml.h>

namespace plumbline::test {
namespace {

/// A line of platforms/published_macs.csv.
struct Published {
    std::string network;
    std::int64_t macs = 0;
    std::string figure;  ///< as its source prints it
    std::int64_t operations_per_mac = 1;
};

void PrintTo(const Published& each, std::ostream* out) { *out << each.network; }

std::vector<Published> published_networks()
{
    std::ifstream in{std::string{kPlatformsFolder} + "/published_macs.csv"};
    std::vector<Published> all;
    std::string line;
    for (std::getline(in, line); std::getline(in, line);) {
        std::istringstream fields{line};
        std::array<std::string, 4> field;
        for (std::string& each : field) std::getline(fields, each, ',');
        if (field[0] == "unet") continue;  // up-samples and crops: unet_test.cpp
        all.push_back({field[0], std::stoll(field[1]), field[2], std::stoll(field[3])});
    }
    return all;
}

/// Of convolutions and fully connected layers: additions and pooling multiply nothing.
std::int64_t macs_of(const Workload& workload)
{
    std::int64_t sum = 0;
    for (const Layer& layer : workload.layers())
        if (layer.operator_type == "Conv" || layer.operator_type == "DepthwiseConv") sum += layer.macs();
    return sum;
}

/// Of a figure such as "1.814e9": the most by which rounding changed it.
double half_of_the_last_digit(const std::string& figure)
{
    const std::string digits = figure.substr(0, figure.find('e'));
    const auto point = digits.find('.');
    const auto decimals = point == std::string::npos ? 0.0 : static_cast<double>(digits.size() - point - 1);
    const double unit = figure == digits ? 1 : std::stod("1" + figure.substr(digits.size()));
    return figure == digits ? 0 : 0.5 * unit * std::pow(10, -decimals);
}

class PublishedNetwork : public ::testing::TestWithParam<Published> {
protected:
    Workload workload = io::read_workload(platform_file("workloads", GetParam().network));
    YAML::Node text = YAML::LoadFile(platform_file("workloads", GetParam().network));

    /// What the file says of an axis: elements, and zeros before and behind. None where it says nothing.
    struct Axis {
        std::int64_t size, before, behind;
    };
    std::optional<Axis> axis_of(const Layer& layer, const std::string& name) const
    {
        for (const YAML::Node& each : text) {
            if (each["id"].as<LayerId>() != layer.id || !each["pr_loop_dims"]) continue;
            for (std::size_t i = 0; i < each["pr_loop_dims"].size(); ++i) {
                if (each["pr_loop_dims"][i].as<std::string>() != name) continue;
                const YAML::Node& padding = each["padding"][i];
                return Axis{each["pr_loop_sizes"][i].as<std::int64_t>(), padding[0].as<std::int64_t>(),
                            padding[1].as<std::int64_t>()};
            }
        }
        return std::nullopt;
    }
};

TEST_P(PublishedNetwork, HasTheMultiplyAccumulatesOfItsPaper)
{
    EXPECT_EQ(macs_of(workload), counted_macs(GetParam().network));
    EXPECT_EQ(macs_of(workload), GetParam().macs);
    EXPECT_NEAR(static_cast<double>(GetParam().macs * GetParam().operations_per_mac), std::stod(GetParam().figure),
                half_of_the_last_digit(GetParam().figure));
}

TEST_P(PublishedNetwork, SlidesItsWindowsOverThePaddedMap)
{
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs) {
            for (const SlidingAxis& axis : input.sliding) {
                SCOPED_TRACE(layer.name + ' ' + axis.name);
                const auto map = axis_of(layer, axis.name);
                ASSERT_TRUE(map);
                const std::int64_t window = axis.dilation * (layer.sizes[axis.window] - 1) + 1;
                EXPECT_EQ((map->size + map->before + map->behind - window) / axis.stride + 1,
                          layer.sizes[axis.position]);
                EXPECT_LT(map->before, window) << "a window that sees no map";
                EXPECT_LT(map->behind, window);
            }
        }
    }
}

TEST_P(PublishedNetwork, ReadsTheMapsThatItsLayersMake)
{
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs) {
            if (!input.source) continue;
            SCOPED_TRACE(layer.name + ' ' + input.name);
            const LoopSizes& made = workload.layer(*input.source).sizes;
            // Convolutions have their output's channels in K, other layers in G; what a layer has not is 1.
            const LoopDim channels = input.relevant.contains(LoopDim::c) ? LoopDim::c : LoopDim::g;
            EXPECT_EQ(layer.sizes[channels], made[LoopDim::k] * made[LoopDim::g]);
            for (const auto& [name, position] : {std::pair{"IX", LoopDim::ox}, {"IY", LoopDim::oy}}) {
                const auto map = axis_of(layer, name);
                EXPECT_EQ(map ? map->size : layer.sizes[position], made[position]) << name;
            }
        }
    }
}

TEST_P(PublishedNetwork, MeetsTheRuleOfEachOperatorOnEveryAccelerator)
{
    for (const std::string& family : kFamilies) {
        const Accelerator accelerator = accelerator_called(family);
        const MappingRules rules = io::read_mapping(platform_file("mappings", family), accelerator);
        for (const Layer& layer : workload.layers()) {
            SCOPED_TRACE(family + ' ' + layer.name);
            const MappingRule& rule = rules.rule_for(layer);
            EXPECT_EQ(rule.name, layer.operator_type == "Conv" ? "default" : layer.operator_type);
            for (const Operand& input : layer.inputs) {
                // Weights have a memory operand of their own; both maps of an addition share that of maps.
                EXPECT_EQ(name_of(rule.link_of(input)), input.constant ? "I2" : "I1") << input.name;
            }
            const bool busy = std::any_of(rule.unrollings.begin(), rule.unrollings.end(),
                                          [&](const Unrolling& each) { return layer.sizes[each.dim] > 1; });
            EXPECT_TRUE(busy) << "one MAC works, the others idle";
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, PublishedNetwork, ::testing::ValuesIn(published_networks()),
                         [](const auto& test) { return test.param.network; });

TEST(PublishedNetworks, AreAllThatAreNotOfDefines)
{
    std::vector<std::string> own;
    for (const Published& each : published_networks()) own.push_back(each.network);
    const std::string defines = std::string{kPlatformsFolder} + "/workloads/defines";
    std::vector<std::string> others;
    const io::DescriptionFolder built_in{kPlatformsFolder};
    for (const std::string& name : built_in.names(io::Description::workload)) {
        const std::string path = built_in.find(io::Description::workload, name, "workload");
        const bool elsewhere = path.rfind(defines, 0) == 0 || name == "unet";  // as above
        if (!elsewhere) others.push_back(name);
    }
    EXPECT_THAT(own, testing::UnorderedElementsAreArray(others));
}

TEST(PublishedNetworks, CarryTheirNameInThatOfEachLayer)
{
    const io::DescriptionFolder built_in{kPlatformsFolder};
    for (const Published& each : published_networks()) {
        const Workload workload = io::read_workload(built_in, each.network, "workload");
        for (const Layer& layer : workload.layers())
            EXPECT_EQ(layer.name.rfind(each.network + '.', 0), 0U) << layer.name;
    }
}

}  // namespace
}  // namespace plumbline::test
