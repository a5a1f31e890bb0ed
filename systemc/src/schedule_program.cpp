// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/schedule_program.hpp"

#include <algorithm>

#include "off_chip_placement.hpp"
#include "plumbline/sim/route.hpp"

namespace plumbline::sim {
namespace {

struct Compiler {
    const Accelerator& accelerator;
    const Workload& workload;
    std::vector<Activity>& activities;
    const OffChipPlacement& off_chip;
    LayerId first_of_stack = 0;

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
        off_chip.place(program, step, step.before_layer.value_or(first_of_stack));
        return program;
    }

    ComputeProgram operator()(const ComputeStep& step)
    {
        ComputeProgram program{number_of({Activity::Kind::compute, step.layer}),
                               compile(accelerator, workload.layer(step.layer), step.mapping)};
        off_chip.place(program.layer, step);
        return program;
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
    compiler.first_of_stack = stack.layers.front();
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

ScheduleProgram compile(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
{
    ScheduleProgram program;
    program.accelerator = accelerator.name();
    program.off_chip = off_chip_layout(accelerator, workload, schedule);
    const OffChipPlacement off_chip{accelerator, workload, program.off_chip};
    Compiler compiler{accelerator, workload, program.activities, off_chip};
    for (const Stack& stack : schedule.stacks) program.stacks.push_back(compile_stack(compiler, stack));
    return program;
}

}  // namespace plumbline::sim
