// SPDX-License-Identifier: Apache-2.0
#include "storage/space_plan.hpp"

#include <algorithm>

#include "plumbline/error.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/text_stream.hpp"
#include "storage/weight_store.hpp"

namespace plumbline::sim {
namespace {

/// Steps of one stack.
class StackSpacePlanner {
public:
    StackSpacePlanner(const plumbline::Accelerator& accelerator, const Workload& workload, const Stack& stack)
        : accelerator_{accelerator},
          workload_{workload},
          stack_{stack},
          weights_{accelerator, workload, stack}
    {}

    const WeightStore& weights() const { return weights_; }

    StepSpace space_of(std::size_t tile, std::size_t step, const MapSpace& maps) const
    {
        StepSpace space;
        space.needed = maps.during;
        space.kept = maps.after;
        const auto* compute = std::get_if<ComputeStep>(&stack_.classes[tile].steps[step]);
        if (compute != nullptr) {
            space.blocks = regions_of(*compute);
            add_blocks(*compute, space);
            add(space.needed, weights_.held(tile, step, compute->layer));
        } else {
            add(space.needed, weights_.held(tile, step, std::nullopt));
        }
        add(space.kept, weights_.held(tile, step + 1, std::nullopt));
        for (std::vector<Bits>* each : {&space.needed, &space.kept})
            (*each)[accelerator_.top()] += weights_of(workload_);
        return space;
    }

private:
    static void add(std::vector<Bits>& sum, const std::vector<Bits>& more)
    {
        for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
    }

    const Operand* input_named(const Layer& layer, const std::string& name) const
    {
        const auto found = std::find_if(layer.inputs.begin(), layer.inputs.end(),
                                        [&](const Operand& input) { return input.name == name; });
        return found == layer.inputs.end() ? nullptr : &*found;
    }

    BlockSpaces regions_of(const ComputeStep& step) const
    {
        const Layer& layer = workload_.layer(step.layer);
        BlockSpaces spaces = block_spaces(layer, step.mapping);
        for (std::size_t i = 0; i < spaces.size(); ++i) {
            const OperandMapping& operand = step.mapping.operands[i];
            const Operand* input = input_named(layer, operand.operand);
            if (input == nullptr) continue;
            if (!input->constant) {
                spaces[i].back().region = Bits{};  // read where the map lies
                continue;
            }
            for (std::size_t level = 0; level < operand.levels.size(); ++level) {
                Bits& region = spaces[i][level].region;
                region = std::max(region, weights_.resident(layer.id, operand.operand, operand.levels[level]));
                if (operand.levels[level] == accelerator_.top()) region = Bits{};  // among those of the network
            }
        }
        return spaces;
    }

    static void add_blocks(const ComputeStep& step, StepSpace& space)
    {
        for (std::size_t i = 0; i < space.blocks.size(); ++i) {
            const std::vector<MemoryId>& levels = step.mapping.operands[i].levels;
            for (std::size_t level = 0; level < levels.size(); ++level)
                space.needed[levels[level]] += space.blocks[i][level].region;
        }
    }

    const plumbline::Accelerator& accelerator_;
    const Workload& workload_;
    const Stack& stack_;
    WeightStore weights_;
};

Activity activity_of(const Step& step)
{
    if (const auto* compute = std::get_if<ComputeStep>(&step)) return {Activity::Kind::compute, compute->layer};
    return {Activity::Kind::copy, std::get<CopyStep>(step).before_layer};
}

std::string text_of(const TileClass& tile)
{
    return std::string{name_of(tile.column)} + " column, " + std::string{name_of(tile.row)} + " row";
}

void find_overcommitments(const plumbline::Accelerator& accelerator, const Schedule& schedule, SpacePlan& plan)
{
    for_each_step(schedule, [&](const ScheduledStep& step) {
        const std::vector<Bits>& needed = plan.stacks[step.stack][step.tile_class][step.step].needed;
        for (MemoryId memory = 0; memory < needed.size(); ++memory) {
            const Bits size = accelerator.memory(memory).size;
            if (needed[memory] <= size) continue;
            plan.findings.overcommitments.push_back(
                {memory, activity_of(step.what), step.stack, step.tile_class, needed[memory], size});
        }
    });
}

}  // namespace

void refuse(const Overcommitment& finding, const plumbline::Accelerator& accelerator, const Workload& workload,
            const Schedule& schedule)
{
    const Stack& stack = schedule.stacks[finding.stack];
    std::string where = text_of(finding.activity, workload);
    if (!finding.activity.layer) where += " of layer '" + workload.layer(stack.layers.front()).name + '\'';
    TextStream problem;
    problem << "needs " << finding.needed << " of " << accelerator.memory(finding.memory).name << ", which has "
            << finding.size;
    throw DoesNotFit{where + ", tile in the " + text_of(stack.classes[finding.tile_class]), problem.str()};
}

std::string text_of(const Activity& activity, const Workload& workload)
{
    if (!activity.layer) return "the copy of the stack's input";
    const std::string layer = "layer '" + workload.layer(*activity.layer).name + '\'';
    return activity.kind == Activity::Kind::compute ? layer : "the copies before " + layer;
}

Findings check_capacity(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
{
    return plan_space(accelerator, workload, schedule, Overcommit::report).findings;
}

SpacePlan plan_space(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     Overcommit overcommit)
{
    const StorageProgram storage{accelerator, workload, schedule};
    SpacePlan plan;
    std::vector<StackSpace> walked = walk(accelerator, workload, schedule, storage, overcommit, plan.findings.absent);
    for (std::size_t i = 0; i < schedule.stacks.size(); ++i) {
        const Stack& stack = schedule.stacks[i];
        const StackSpacePlanner planner{accelerator, workload, stack};
        for (const ResidentWeights& each : planner.weights().absent()) {
            plan.findings.absent.push_back({each.memory, each.layer, i, 0, 0, {}, {}});
            if (overcommit == Overcommit::refuse)
                sim::refuse(plan.findings.absent.back(), accelerator, workload, schedule);
        }
        plan.stacks.emplace_back();
        for (std::size_t tile = 0; tile < stack.classes.size(); ++tile) {
            plan.stacks.back().emplace_back();
            for (std::size_t step = 0; step < stack.classes[tile].steps.size(); ++step)
                plan.stacks.back().back().push_back(planner.space_of(tile, step, walked[i][tile][step]));
        }
    }
    find_overcommitments(accelerator, schedule, plan);
    if (overcommit == Overcommit::refuse && !plan.findings.overcommitments.empty())
        refuse(plan.findings.overcommitments.front(), accelerator, workload, schedule);
    return plan;
}

}  // namespace plumbline::sim
