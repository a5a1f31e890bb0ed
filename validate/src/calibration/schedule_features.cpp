// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/schedule_features.hpp"

#include <variant>

namespace plumbline::validate {

FeatureAmounts schedule_features(const Workload& workload, const Schedule& schedule)
{
    FeatureAmounts amounts;
    for (const Stack& stack : schedule.stacks) {
        amounts["stacks"] += 1;
        for (const TileClass& tiles : stack.classes) {
            const auto count = static_cast<double>(tiles.count);
            amounts["tiles"] += count;
            for (const Step& step : tiles.steps) {
                if (const auto* copies = std::get_if<CopyStep>(&step)) {
                    amounts["copies"] += count * static_cast<double>(copies->copies.size());
                    continue;
                }
                const auto& compute = std::get<ComputeStep>(step);
                const std::string& type = workload.layer(compute.layer).operator_type;
                amounts["steps of " + type] += count;
                amounts["MACs of " + type] += count * static_cast<double>(volume(compute.mapping.sizes));
            }
        }
    }
    return amounts;
}

std::vector<Feature> features_of(const std::vector<FeatureAmounts>& schedules)
{
    std::map<std::string, std::vector<double>> amounts;
    for (std::size_t i = 0; i < schedules.size(); ++i) {
        for (const auto& [name, amount] : schedules[i]) {
            std::vector<double>& all = amounts[name];
            all.resize(schedules.size());
            all[i] = amount;
        }
    }
    std::vector<Feature> features;
    features.reserve(amounts.size());
    for (auto& [name, all] : amounts) features.push_back({name, std::move(all)});
    return features;
}

}  // namespace plumbline::validate
