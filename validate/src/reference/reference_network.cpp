// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/reference_network.hpp"

#include <map>
#include <utility>

#include "reference/reference_layer.hpp"

namespace plumbline::validate {
namespace {

using MapOf = std::map<LayerId, WholeMap>;

bool is_read_after(const Workload& workload, std::size_t position, LayerId map)
{
    for (std::size_t i = position + 1; i < workload.layers().size(); ++i) {
        for (const Operand& input : workload.layers()[i].inputs) {
            if (input.source == map) return true;
        }
    }
    return false;
}

/// Maps that no later layer reads make way.
void forget(const Workload& workload, std::size_t position, MapOf& maps)
{
    for (auto map = maps.begin(); map != maps.end();) {
        const bool made_now = map->first == workload.layers()[position].id;
        map = made_now || is_read_after(workload, position, map->first) ? std::next(map) : maps.erase(map);
    }
}

}  // namespace

std::vector<sim::FeatureValues> reference_outputs(const Workload& workload, const sim::NetworkData& data)
{
    MapOf maps;
    std::map<LayerId, sim::FeatureValues> made;
    std::vector<WholeMap> entering;
    for (const sim::MapShape& shape : sim::input_shapes(workload)) {
        const sim::FeatureValues& values = data.input_map(entering.size());
        entering.push_back({shape, {values.begin(), values.end()}});
    }
    auto next = entering.begin();  // layers read them in the order of Workload::inputs()
    const sim::FeatureValues no_weights;
    for (std::size_t position = 0; position < workload.layers().size(); ++position) {
        const Layer& layer = workload.layers()[position];
        std::vector<const WholeMap*> inputs;
        for (const Operand& input : layer.inputs)
            inputs.push_back(input.constant ? nullptr : input.source ? &maps.at(*input.source) : &*next++);
        const auto weights = data.weights.find(layer.id);
        maps[layer.id] = reference_layer(layer, inputs, weights == data.weights.end() ? no_weights : weights->second);
        const WholeMap& output = maps[layer.id];
        if (workload.consumers(layer.id).empty()) made[layer.id] = {output.features.begin(), output.features.end()};
        forget(workload, position, maps);
    }
    std::vector<sim::FeatureValues> outputs;
    for (LayerId output : workload.outputs()) outputs.push_back(std::move(made.at(output)));
    return outputs;
}

sim::FeatureValues reference_output(const Workload& workload, const sim::NetworkData& data)
{
    return reference_outputs(workload, data).front();
}

std::optional<Difference> first_difference(const sim::FeatureValues& expected, const sim::FeatureValues& computed,
                                           const sim::MapShape& shape)
{
    std::optional<Difference> first;
    std::int64_t count = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] == computed[i]) continue;
        ++count;
        const auto at = static_cast<std::int64_t>(i);
        if (first) continue;
        first = Difference{at / (shape.rows * shape.columns),
                           at / shape.columns % shape.rows,
                           at % shape.columns,
                           expected[i],
                           computed[i],
                           0};
    }
    if (first) first->count = count;
    return first;
}

}  // namespace plumbline::validate
