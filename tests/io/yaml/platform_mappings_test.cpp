// SPDX-License-Identifier: Apache-2.0
// The mapping rules of a family against the unrolling that DeFiNES publishes for each layer of each network.
#include <map>
#include <set>

#include "io/platform_facts.hpp"

namespace plumbline::test {
namespace {

/// Per array dimension that is kept busy: which loop runs over it, and how many of its MACs are busy on average.
using Busy = std::map<std::string, std::pair<LoopDim, double>>;

void unroll(Busy& busy, const ArrayDimension& dimension, LoopDim dim, std::int64_t size, const LoopSizes& sizes)
{
    const std::int64_t lanes = std::min({dimension.size, size, sizes[dim]});
    const std::int64_t iterations = divide_up(sizes[dim], lanes);
    if (lanes == 1) return;
    busy[dimension.name] = {dim, static_cast<double>(sizes[dim]) / static_cast<double>(iterations)};
}

Busy busy(const MappingRule& rule, const MacArray& array, const LoopSizes& sizes)
{
    Busy found;
    for (const Unrolling& each : rule.unrollings) {
        unroll(found, array.dimensions.at(array.dimension_named(each.array_dimension).value()), each.dim, each.size,
               sizes);
    }
    return found;
}

Busy busy(const json& published, const MacArray& array, const LoopSizes& sizes)
{
    Busy found;
    for (const ArrayDimension& dimension : array.dimensions) {
        if (!published.contains(dimension.name)) continue;
        const json& loop = published[dimension.name];
        unroll(found, dimension, loop_dim_named(loop[0].get<std::string>()).value(), loop[1], sizes);
    }
    return found;
}

void expect_links(const MappingRule& rule, const Layer& layer, const json& links)
{
    EXPECT_EQ(name_of(rule.link_of(layer.output)), links[layer.output.name]);
    for (const Operand& input : layer.inputs) EXPECT_EQ(name_of(rule.link_of(input)), links[input.name]);
}

/// For the layer as a whole and each smaller square of its columns and rows.
void expect_same_unrolling(const MappingRule& rule, const json& published, const MacArray& array, const Layer& layer)
{
    LoopSizes tile = layer.sizes;
    for (std::int64_t size = std::max(tile[LoopDim::ox], tile[LoopDim::oy]); size > 0; --size) {
        tile[LoopDim::ox] = std::min(size, layer.sizes[LoopDim::ox]);
        tile[LoopDim::oy] = std::min(size, layer.sizes[LoopDim::oy]);
        ASSERT_EQ(busy(rule, array, tile), busy(published, array, tile)) << "tiles of " << size;
    }
}

class BuiltInRules : public ::testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(BuiltInRules, UnrollAsPublishedForEveryTileSize)
{
    const auto& [family, network] = GetParam();
    const json expected = facts("workloads/" + network + ".json");
    const Accelerator accelerator = accelerator_called(family);
    EXPECT_EQ(accelerator.array(), accelerator_called(family + "_DF").array());
    const MappingRules rules = io::read_mapping(platform_file("mappings", family), accelerator);
    const Workload workload = network_called(network);
    for (const Layer& layer : workload.layers()) {
        SCOPED_TRACE(layer.name);
        const std::string id = std::to_string(layer.id);
        const MappingRule& rule = rules.rule_for(layer);
        expect_links(rule, layer, expected["layers"][id]["memory_operand_links"]);
        expect_same_unrolling(rule, expected["spatial_mapping"][family].at(id), accelerator.array(), layer);
    }
}

INSTANTIATE_TEST_SUITE_P(All, BuiltInRules,
                         ::testing::Combine(::testing::ValuesIn(kFamilies), ::testing::ValuesIn(kNetworks)),
                         [](const auto& test) { return std::get<0>(test.param) + "_" + std::get<1>(test.param); });

TEST(NamesOfBuiltInRules, AreThoseOfLayersAndOperators)
{
    std::set<std::string> known{"default"};
    for (const std::string& network : kNetworks) {
        const Workload workload = network_called(network);
        for (const Layer& layer : workload.layers()) known.insert({layer.name, layer.operator_type});
    }
    for (const std::string& family : kFamilies) {
        const MappingRules rules = io::read_mapping(platform_file("mappings", family));
        for (const MappingRule& rule : rules.rules()) EXPECT_EQ(known.count(rule.name), 1U) << family << rule.name;
    }
}

}  // namespace
}  // namespace plumbline::test
