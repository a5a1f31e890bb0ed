// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/schedule_program.hpp"

#include <algorithm>
#include <deque>

#include "plumbline/sim/route.hpp"

namespace plumbline::sim {
namespace {

struct Compiler {
    const Accelerator& accelerator;
    const Workload& workload;
    Fidelity fidelity;
    std::vector<Activity>& activities;
    std::deque<std::pair<const ComputeStep*, LayerProgram>> known = {};

    std::size_t number_of(Activity activity)
    {
        const auto found = std::find(activities.begin(), activities.end(), activity);
        const auto index = static_cast<std::size_t>(found - activities.begin());
        if (found == activities.end()) activities.push_back(activity);
        return index;
    }

    CopyProgram operator()(const CopyStep& step)
    {
        CopyProgram program{number_of({Activity::Kind::copy, step.before_layer}), {}};
        for (const Copy& copy : step.copies) program.copies.push_back(copy_hops(accelerator, copy));
        return program;
    }

    ComputeProgram operator()(const ComputeStep& step)
    {
        return {number_of({Activity::Kind::compute, step.layer}), program_of(step)};
    }

    /// Many tile classes compute a layer alike. What has been rehearsed for one is known for all.
    const LayerProgram& program_of(const ComputeStep& step)
    {
        const auto same = [&](const auto& each) {
            return each.first->layer == step.layer && each.first->mapping == step.mapping;
        };
        const auto found = std::find_if(known.begin(), known.end(), same);
        if (found != known.end()) return found->second;
        known.emplace_back(&step, compile(accelerator, workload.layer(step.layer), step.mapping, fidelity));
        return known.back().second;
    }
};

TileProgram compile_tile(Compiler& compiler, const TileClass& tile)
{
    TileProgram program{tile.count, {}};
    for (const Step& step : tile.steps) {
        std::visit([&](const auto& each) { program.steps.emplace_back(compiler(each)); }, step);
    }
    return program;
}

StackProgram compile_stack(Compiler& compiler, const Stack& stack)
{
    StackProgram program;
    program.columns = stack.grid.columns;
    for (const TileClass& tile : stack.classes) program.classes.push_back(compile_tile(compiler, tile));
    for (std::int64_t row = 0; row < stack.grid.rows; ++row) {
        for (std::int64_t column = 0; column < stack.grid.columns; ++column) {
            const TileClass& tile = class_of_tile(stack, column, row);
            program.tiles.push_back(static_cast<std::size_t>(&tile - stack.classes.data()));
        }
    }
    return program;
}

}  // namespace

std::int64_t ScheduleProgram::tiles() const
{
    std::size_t sum = 0;
    for (const StackProgram& stack : stacks) sum += stack.tiles.size();
    return static_cast<std::int64_t>(sum);
}

std::size_t ScheduleProgram::most_copies() const
{
    std::size_t most = 0;
    for (const StackProgram& stack : stacks) {
        for (const TileProgram& tile : stack.classes) {
            for (const auto& step : tile.steps) {
                if (const auto* copy = std::get_if<CopyProgram>(&step)) most = std::max(most, copy->copies.size());
            }
        }
    }
    return most;
}

ScheduleProgram compile(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                        Fidelity fidelity)
{
    ScheduleProgram program;
    program.fidelity = fidelity;
    Compiler compiler{accelerator, workload, fidelity, program.activities};
    for (const Stack& stack : schedule.stacks) program.stacks.push_back(compile_stack(compiler, stack));
    return program;
}

}  // namespace plumbline::sim
