// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/schedule_program.hpp"

#include <algorithm>
#include <deque>

#include "compiler/compile_layer.hpp"
#include "compiler/compiled_schedule.hpp"
#include "compiler/copy_route.hpp"
#include "compiler/off_chip_placement.hpp"
#include "storage/space_plan.hpp"

namespace plumbline::sim {
namespace {

struct Compiler {
    const plumbline::Accelerator& accelerator;
    const Workload& workload;
    Fidelity fidelity;
    const TileFilter& wanted;
    std::vector<Activity>& activities;
    const OffChipPlacement& off_chip;
    /// A layer, and the space left in memories before and after it has taken its second blocks.
    struct Known {
        const ComputeStep* step;
        std::vector<Bits> before;
        std::vector<Bits> after;
        LayerProgram program;
    };
    std::deque<Known> known = {};

    std::size_t number_of(Activity activity)
    {
        const auto found = std::find(activities.begin(), activities.end(), activity);
        const auto index = static_cast<std::size_t>(found - activities.begin());
        if (found == activities.end()) activities.push_back(activity);
        return index;
    }

    CopyProgram copies(const CopyStep& step, const StepSpace& space)
    {
        CopyProgram program{number_of({Activity::Kind::copy, step.before_layer}), {}, {space.needed, space.kept}};
        for (const Copy& copy : step.copies) program.copies.push_back(copy_hops(accelerator, copy));
        off_chip.place(program, step);
        return program;
    }

    ComputeProgram layer(const ComputeStep& step, const StepSpace& space)
    {
        std::vector<Bits> left = left_beside(space.needed);
        const std::size_t activity = number_of({Activity::Kind::compute, step.layer});
        ComputeProgram program{activity, program_of(step, space, left), {space.needed, space.kept}};
        const std::vector<Bits> before = left_beside(space.needed);
        for (std::size_t i = 0; i < left.size(); ++i) program.held.during[i] += before[i] - left[i];
        off_chip.place(program.layer, step);
        return program;
    }

    /// Many tile classes compute a layer alike: they share one program, and with it the timings of its chunks.
    const LayerProgram& program_of(const ComputeStep& step, const StepSpace& space, std::vector<Bits>& left)
    {
        const auto same = [&](const Known& each) {
            return each.step->layer == step.layer && each.step->mapping == step.mapping && each.before == left;
        };
        auto found = std::find_if(known.begin(), known.end(), same);
        if (found == known.end()) {
            Known each{&step, left, left, {}};
            each.program =
                compile(accelerator, workload.layer(step.layer), step.mapping, space.blocks, each.after, fidelity);
            found = known.insert(found, std::move(each));
        }
        left = found->after;
        return found->program;
    }

    std::vector<Bits> left_beside(const std::vector<Bits>& needed) const
    {
        std::vector<Bits> left;
        for (std::size_t i = 0; i < needed.size(); ++i) left.push_back(accelerator.memory(i).size - needed[i]);
        return left;
    }
};

TileProgram compile_tile(Compiler& compiler, const TileClass& tile, const std::vector<StepSpace>& spaces)
{
    TileProgram program{tile.count, {}};
    if (compiler.wanted && !compiler.wanted(tile)) return program;
    for (std::size_t i = 0; i < tile.steps.size(); ++i) {
        if (const auto* copies = std::get_if<CopyStep>(&tile.steps[i]))
            program.steps.emplace_back(compiler.copies(*copies, spaces[i]));
        else
            program.steps.emplace_back(compiler.layer(std::get<ComputeStep>(tile.steps[i]), spaces[i]));
    }
    return program;
}

StackProgram compile_stack(Compiler& compiler, const Stack& stack, const std::vector<std::vector<StepSpace>>& spaces)
{
    StackProgram program;
    program.columns = stack.grid.columns;
    for (std::size_t i = 0; i < stack.classes.size(); ++i)
        program.classes.push_back(compile_tile(compiler, stack.classes[i], spaces[i]));
    for (std::int64_t row = 0; row < stack.grid.rows; ++row) {
        for (std::int64_t column = 0; column < stack.grid.columns; ++column) {
            const TileClass& tile = class_of_tile(stack, column, row);
            program.tiles.push_back(static_cast<std::size_t>(&tile - stack.classes.data()));
        }
    }
    return program;
}

}  // namespace

ScheduleProgram::ScheduleProgram(std::shared_ptr<const CompiledSchedule> compiled) : compiled_{std::move(compiled)} {}

Fidelity ScheduleProgram::fidelity() const { return compiled_->fidelity; }

std::int64_t ScheduleProgram::tiles() const { return compiled_->tiles(); }

std::vector<Bits> ScheduleProgram::peak_held() const { return compiled_->peak_held(); }

const OffChipLayout& ScheduleProgram::off_chip() const { return compiled_->off_chip; }

const Findings& ScheduleProgram::findings() const { return compiled_->findings; }

ScheduleProgram compile(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                        Overcommit overcommit, Fidelity fidelity, const TileFilter& wanted)
{
    SpacePlan space = plan_space(accelerator, workload, schedule, overcommit);
    CompiledSchedule program;
    program.accelerator = accelerator.name();
    program.off_chip = off_chip_layout(accelerator, workload, schedule);
    const OffChipPlacement off_chip{accelerator, workload, program.off_chip};
    program.fidelity = fidelity;
    Compiler compiler{accelerator, workload, fidelity, wanted, program.activities, off_chip};
    for (std::size_t i = 0; i < schedule.stacks.size(); ++i)
        program.stacks.push_back(compile_stack(compiler, schedule.stacks[i], space.stacks[i]));
    program.findings = std::move(space.findings);
    return ScheduleProgram{std::make_shared<const CompiledSchedule>(std::move(program))};
}

}  // namespace plumbline::sim
