// SPDX-License-Identifier: Apache-2.0
#include "compiler/compile_layer.hpp"

#include <algorithm>

#include "compiler/chunking.hpp"
#include "compiler/link_depths.hpp"
#include "compiler/link_program.hpp"
#include "compiler/link_traffic.hpp"
#include "compiler/single_iterations.hpp"

namespace plumbline::sim {
namespace {

/// Reads of the MAC array follow one another without waiting, so latency delays the first iteration alone.
Cycles latency_below(const std::vector<OperandView>& views, const plumbline::Accelerator& accelerator)
{
    Cycles most{};
    for (const OperandView& view : views) {
        if (!view.is_output()) most = std::max(most, first_word_latency(accelerator.memory(view.levels.front())));
    }
    return most;
}

}  // namespace

LayerProgram compile(const plumbline::Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     Fidelity fidelity)
{
    const BlockSpaces spaces = block_spaces(layer, mapping);
    std::vector<Bits> left = left_beside(spaces, operand_views(layer, mapping), accelerator);
    return compile(accelerator, layer, mapping, spaces, left, fidelity);
}

LayerProgram compile(const plumbline::Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                     const BlockSpaces& spaces, std::vector<Bits>& left, Fidelity fidelity)
{
    const IterationSpace space{mapping};
    const std::vector<OperandView> views = operand_views(layer, mapping);
    const PortMap ports{accelerator};
    LayerProgram program;
    program.iterations = space.iterations();
    TransferTable transfers{accelerator, ports};
    LayerTraffic traffic{layer, space, views, link_depths(spaces, views, left), transfers};
    program.links = link_programs(traffic, fidelity);
    const auto append = fidelity == Fidelity::cycle ? append_single_iterations : append_chunks;
    append(program, space, traffic, transfers, ports);
    program.transfers = transfers.take();
    program.latency = latency_below(views, accelerator);
    return program;
}

}  // namespace plumbline::sim
