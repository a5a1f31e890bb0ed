// SPDX-License-Identifier: Apache-2.0
#include "plumbline/access_causes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "cost/differences/assumption_chain.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/model.hpp"

namespace plumbline {
namespace {

constexpr std::array<std::string_view, kAccessCauses> kCauses{
    "first partial sum", "last partial sum", "shared partial sum", "fractional edges", "halo",
    "link rounding",     "granule rounding"};

bool any(const PerAccessCause<double>& words)
{
    return std::any_of(kAllAccessCauses.begin(), kAllAccessCauses.end(),
                       [&](AccessCause cause) { return words[cause] != 0; });
}

AccessDifference difference(const detail::OperandFacts& facts, std::size_t level, Direction direction,
                            const PerAccessCause<double>& words)
{
    AccessDifference row;
    row.memory = facts.level[level].memory;
    row.operand = facts.memory_operand;
    row.direction = direction;
    for (AccessCause cause : kAllAccessCauses) row.words[cause] = Accesses{words[cause]};
    return row;
}

/// Adds up what is of the same layer, memory, operand and direction.
class Differences {
public:
    void add(LayerId layer, const AccessDifference& row, std::int64_t times)
    {
        AccessDifference& sum = rows_[{layer, row.memory, row.operand, row.direction}];
        const PerAccessCause<Accesses> before = sum.words;
        sum = row;
        sum.layer = layer;
        for (AccessCause cause : kAllAccessCauses)
            sum.words[cause] = before[cause] + static_cast<double>(times) * row.words[cause];
    }

    std::vector<AccessDifference> all() const
    {
        std::vector<AccessDifference> all;
        for (const auto& [border, row] : rows_) all.push_back(row);
        return all;
    }

private:
    std::map<std::tuple<LayerId, MemoryId, MemoryOperand, Direction>, AccessDifference> rows_;
};

}  // namespace

std::string_view name_of(AccessCause cause) { return kCauses[static_cast<std::size_t>(cause)]; }

std::vector<AccessDifference> access_differences(const Accelerator& accelerator, const Layer& layer,
                                                 const LayerMapping& mapping)
{
    const detail::refined::Model model{detail::make_layer_facts(accelerator, layer, mapping)};
    const detail::MappingCuts loops{mapping};
    std::vector<AccessDifference> rows;
    for (std::size_t i = 0; i < model.layer.operands; ++i) {
        const detail::OperandFacts& facts = model.layer.operand[i];
        const auto causes = detail::causes(detail::access_chain(facts, model.lanes.operand[i], loops.cuts()[i]));
        for (std::size_t level = 0; level < facts.levels; ++level)
            for (Direction d : kAllDirections)
                if (any(causes[level][d])) rows.push_back(difference(facts, level, d, causes[level][d]));
    }
    for (AccessDifference& row : rows) row.layer = layer.id;
    return rows;
}

std::vector<AccessDifference> access_differences(const Accelerator& accelerator, const Workload& workload,
                                                 const Schedule& schedule)
{
    check(schedule, accelerator, workload);
    Differences sum;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        const ComputeStep* compute = step.compute();
        if (compute == nullptr) return;
        const Layer& layer = workload.layer(compute->layer);
        for (const AccessDifference& row : access_differences(accelerator, layer, compute->mapping))
            sum.add(layer.id, row, step.tiles.count);
    });
    return sum.all();
}

}  // namespace plumbline
