// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/generated_plan.hpp"

#include <vector>

#include "plumbline/validate/draw.hpp"
#include "plumbline/validate/generated_network.hpp"

namespace plumbline::validate {
namespace {

/// What is drawn under a seed, each with a sequence of its own.
enum class Drawn : std::uint8_t { accelerator, network, schedule };

std::uint64_t seed_of_drawn(std::uint64_t seed, Drawn drawn, std::int64_t index)
{
    return seed_of(seed_of(seed, static_cast<std::uint64_t>(drawn)), static_cast<std::uint64_t>(index));
}

/// A whole axis, or a part of it that need not divide it; no less than a fifth, so that there are few tiles.
std::int64_t tile_along(Draw& draw, std::int64_t size)
{
    switch (draw.below(4)) {
        case 0: return size;
        case 1: return divide_up(size, 2);
        case 2: return divide_up(size, 3);
        default: break;
    }
    const std::int64_t least = divide_up(size, 5);
    return least + draw.below(size - least + 1);
}

std::string_view name_of(Cuts::Kind kind)
{
    switch (kind) {
        case Cuts::Kind::automatic: return "auto";
        case Cuts::Kind::none: return "none";
        case Cuts::Kind::each: return "each";
        case Cuts::Kind::given: break;
    }
    return "given";
}

PlanOptions drawn_options(Draw draw, const Layer& last)
{
    PlanOptions options;
    const std::int64_t columns = tile_along(draw, last.sizes[LoopDim::ox]);
    const std::int64_t rows = tile_along(draw, last.sizes[LoopDim::oy]);
    const std::vector<OverlapMode> modes{kAllOverlapModes.begin(), kAllOverlapModes.end()};
    options.stacks = {{TileSize{columns, rows}, draw.one_of(modes)}};
    options.cuts.kind = draw.one_of<Cuts::Kind>({Cuts::Kind::none, Cuts::Kind::automatic, Cuts::Kind::each});
    options.search.factors = static_cast<int>(2 + draw.below(3));
    options.search.threads = 1;
    options.search.objective = draw.one_of<Objective>({Objective::energy, Objective::latency, Objective::edp});
    return options;
}

}  // namespace

GeneratedPlan generated_plan(std::uint64_t seed, std::int64_t index)
{
    const std::int64_t network = index / kPlansPerNetwork;
    const auto drawn =
        generated_accelerator(seed_of_drawn(seed, Drawn::accelerator, index / kPlansPerAccelerator), Extent::usual);
    const std::uint64_t network_seed = seed_of_drawn(seed, Drawn::network, network);
    const Edges edges = Draw{seed_of(network_seed, 0)}.once_in(2) ? Edges::padded : Edges::none;
    Workload workload = generated_network(network_seed, edges, Extent::usual);
    const Draw draw{seed_of_drawn(seed, Drawn::schedule, index)};
    PlanOptions options = drawn_options(draw, workload.layers().back());
    return {drawn.accelerator, drawn.rules, std::move(workload), std::move(options)};
}

Outcome<Schedule> schedule_of(const GeneratedPlan& plan)
{
    try {
        return plan_schedule(plan.accelerator, plan.workload, plan.rules, plan.options);
    } catch (const InputError& error) {
        if (error.where().field != "cuts") throw;  // a drawn stack of several outputs
        return Infeasible{error.what()};
    }
}

std::string described(const GeneratedPlan& plan)
{
    const StackChoice& choice = plan.options.stacks.front();
    return "tile " + std::string{name_of(choice.tile)} + ", " + std::string{name_of(choice.mode)} + ", cuts " +
           std::string{name_of(plan.options.cuts.kind)} + ", for " +
           std::string{name_of(plan.options.search.objective)};
}

}  // namespace plumbline::validate
