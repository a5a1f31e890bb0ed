// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/operand_view.hpp"

#include <algorithm>

#include "loop_nest/iteration_space.hpp"

namespace plumbline::sim {
namespace {

OperandView view_of(const Operand& operand, const OperandMapping& mapping)
{
    OperandView view;
    view.operand = &operand;
    view.memory_operand = mapping.memory_operand;
    view.levels = mapping.levels;
    view.padding = mapping.padding;
    std::size_t loops = 0;
    for (const auto& level : mapping.temporal) view.cut.push_back(loops += level.size());
    LoopSizes lanes = kUnitLoopSizes;
    for (const auto& level : mapping.spatial) {
        for (const SpatialLoop& loop : level) lanes[loop.dim] *= lanes_of(loop);
        view.lanes_inside.push_back(lanes);
    }
    return view;
}

}  // namespace

bool OperandView::depends_on(LoopDim dim) const
{
    return operand->relevant.contains(dim) ||
           std::any_of(operand->sliding.begin(), operand->sliding.end(),
                       [dim](const SlidingAxis& axis) { return axis.position == dim || axis.window == dim; });
}

DimSet reduced_by(const OperandView& output)
{
    DimSet reduced;
    for (LoopDim dim : kAllLoopDims) {
        if (!output.depends_on(dim)) reduced.insert(dim);
    }
    return reduced;
}

std::vector<OperandView> operand_views(const Layer& layer, const LayerMapping& mapping)
{
    std::vector<OperandView> views{view_of(layer.output, mapping.operands.front())};
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
        views.push_back(view_of(layer.inputs[i], mapping.operands[i + 1]));
    }
    return views;
}

}  // namespace plumbline::sim
