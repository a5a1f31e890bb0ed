// SPDX-License-Identifier: Apache-2.0
#include "description/step_check.hpp"

#include <algorithm>
#include <map>

#include "description/basics/field_names.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

/// Rows, or columns.
struct StepAxis {
    const char* name;
    LoopDim position;
    std::int64_t FeatureRegion::*step;
};
constexpr StepAxis kStepRows{"row", LoopDim::oy, &FeatureRegion::row_step};
constexpr StepAxis kStepColumns{"column", LoopDim::ox, &FeatureRegion::column_step};

std::string layer_text(const Layer& layer) { return "layer '" + layer.name + '\''; }

bool reads(const Layer& layer, std::size_t input, const FeatureRegion& region, const Workload& workload)
{
    if (layer.inputs[input].constant || layer.inputs[input].source != region.producer) return false;
    return region.producer || workload.inputs()[region.input] == NetworkInput{layer.id, input};
}

/// Whether a layer reads nothing between steps along an axis.
bool keeps_to(const Layer& layer, const Operand& input, const StepAxis& axis, std::int64_t step)
{
    for (const SlidingAxis& each : input.sliding)
        if (each.position == axis.position)
            return each.upsampling == 1 && each.depth_to_space == 1 && each.stride % step == 0 &&
                   (layer.sizes[each.window] == 1 || each.dilation % step == 0);
    return step == 1;
}

void check_region_step(const Stack& stack, const Workload& workload, const FeatureRegion& region, const StepAxis& axis,
                       const std::string& field)
{
    const std::int64_t step = region.*axis.step;
    if (step == 1) return;
    const std::string where = field + '.' + axis.name + "_step";
    const std::string is = "is " + std::to_string(step);
    if (step < 1) throw InputError{where, is + ", expected at least 1"};
    for (LayerId id : stack.layers) {
        const Layer& layer = workload.layer(id);
        if (region.producer == id)
            throw InputError{where, is + ", expected 1: the stack makes all of the output of " + layer_text(layer)};
        for (std::size_t input = 0; input < layer.inputs.size(); ++input)
            if (reads(layer, input, region, workload) && !keeps_to(layer, layer.inputs[input], axis, step))
                throw InputError{where, is + ", but " + layer_text(layer) + " reads " + axis.name + "s between"};
    }
}

/// The first region of each map that copies of the stack move.
using FirstRegions = std::map<std::pair<std::optional<LayerId>, std::size_t>, FeatureRegion>;

void check_agreement(const FeatureRegion& first, const FeatureRegion& region, const StepAxis& axis,
                     const std::string& field)
{
    if (first.*axis.step == region.*axis.step) return;
    throw InputError{field + '.' + axis.name + "_step", "is " + std::to_string(region.*axis.step) + ", expected " +
                                                            std::to_string(first.*axis.step) +
                                                            " as in other copies of the same map in this stack"};
}

}  // namespace

void check_steps(const Stack& stack, const Workload& workload, const std::string& field)
{
    FirstRegions regions;
    for_each_step(stack, [&](const ScheduledStep& step) {
        const CopyStep* copies = step.copies();
        if (copies == nullptr) return;
        const std::string here = indexed(indexed(field + ".classes", step.tile_class) + ".steps", step.step);
        for (std::size_t i = 0; i < copies->copies.size(); ++i) {
            const FeatureRegion& region = copies->copies[i].region;
            const std::string where = indexed(here + ".copies", i) + ".region";
            const FeatureRegion& first =
                regions.emplace(std::pair{region.producer, region.input}, region).first->second;
            for (const StepAxis& axis : {kStepRows, kStepColumns}) {
                check_region_step(stack, workload, region, axis, where);
                check_agreement(first, region, axis, where);
            }
        }
    });
}

}  // namespace plumbline
