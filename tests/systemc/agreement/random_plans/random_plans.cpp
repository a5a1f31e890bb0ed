// SPDX-License-Identifier: Apache-2.0
// What the planner calls feasible, the machine runs: random networks on random accelerators, in any mode and tile.
//
// For each seed a plan is made. If there is one under `reserved`, the machine must take it, `refined` must predict its
// accesses to the word, its MACs and what it copies from the stack's inputs must be those of a count feature by feature,
// and (every so often) a run with data, at either fidelity, must give the output of the reference. Prints what fails, and exits with 1 where anything
// does.
//
//     build/release/bin/random_plans 0 20000       // seeds 0 … 19999
//     build/release/bin/random_plans 0 20000 10    // every tenth is run with data, in a process of its own
//     build/release/bin/random_plans show 609      // one plan in words
//     build/release/bin/random_plans padded 0 20000 10  // networks whose maps have edges; `padded show 609` likewise
//     build/release/bin/random_plans rearranged 0 20000 10  // those whose channels hold rows and columns, too
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "needed_features.hpp"
#include "plan_text.hpp"
#include "plumbline/error.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/sim/kernel.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/draw.hpp"
#include "plumbline/validate/generated_accelerator.hpp"
#include "plumbline/validate/generated_network.hpp"
#include "plumbline/validate/reference_network.hpp"
#include "validate/agreement/compiled_traffic.hpp"

namespace plumbline::random_plans {
namespace {

using validate::Edges;

/// One plan of one seed; empty where all is well.
class RandomPlan {
public:
    RandomPlan(std::uint64_t seed, Edges edges)
        : draw_{seed ^ 0x5eed},
          drawn_{validate::generated_accelerator(seed, validate::Extent::tiny)},
          workload_{validate::generated_network(seed, edges, validate::Extent::tiny)}
    {
        const Layer& last = workload_.layers().back();
        const TileSize tile{draw_.up_to(last.sizes[LoopDim::ox]), draw_.up_to(last.sizes[LoopDim::oy])};
        options_.stacks = {
            {tile, draw_.one_of(std::vector<OverlapMode>{kAllOverlapModes.begin(), kAllOverlapModes.end()})}};
        using Kind = Cuts::Kind;
        options_.cuts.kind = draw_.one_of<Kind>({Kind::none, Kind::none, Kind::automatic, Kind::each});
        options_.search.factors = static_cast<int>(2 + draw_.below(3));
        options_.search.threads = 1;
        options_.search.estimator = draw_.one_of<Estimator>({Estimator::uniform, Estimator::refined});
        options_.capacity = draw_.once_in(5) ? CapacityPolicy::optimistic : CapacityPolicy::reserved;
        fidelity_ = draw_.once_in(2) ? sim::Fidelity::cycle : sim::Fidelity::transaction;
    }

    enum class Result { infeasible, fine, wrong };

    /// \param with_data whether it is run, too
    Result check(bool with_data)
    {
        Outcome<Schedule> plan = Infeasible{""};
        try {
            plan = plan_schedule(accelerator_, workload_, rules_, options_);
        } catch (const InputError& error) {
            if (error.where().field == "cuts") return Result::infeasible;  // a drawn stack of several outputs
            return fail(std::string{"the planner: "} + error.what());
        }
        if (!plan) return Result::infeasible;
        const bool fits = options_.capacity == CapacityPolicy::reserved;
        try {
            if (fits) sim::compile(accelerator_, workload_, *plan, sim::Overcommit::refuse, sim::Fidelity::transaction);
            if (!fits)
                sim::compile(accelerator_, workload_, *plan, sim::Overcommit::report, sim::Fidelity::transaction);
        } catch (const InputError& error) {
            return fail(std::string{"the machine: "} + error.what());
        }
        compare_accesses(*plan);
        compare_counts(*plan);
        if (with_data && fits) run(*plan);
        return problem_.empty() ? Result::fine : Result::wrong;
    }

    const std::string& problem() const { return problem_; }
    std::string plan_in_words() const
    {
        const auto plan = plan_schedule(accelerator_, workload_, rules_, options_);
        return text_of(accelerator_) + text_of(workload_) + described() + '\n' +
               (plan ? text_of(*plan, accelerator_) + overcommitments(*plan) : plan.reason() + '\n');
    }
    /// Classes whose tiles need more space than there is, in words.
    std::string overcommitments(const Schedule& plan) const
    {
        std::string text;
        for (const sim::Overcommitment& each : sim::check_capacity(accelerator_, workload_, plan).overcommitments)
            text += "stack " + std::to_string(each.stack) + ", class " + std::to_string(each.tile_class) + ", " +
                    sim::text_of(each.activity, workload_) + " needs " + std::to_string(each.needed.count()) +
                    " bit of " + accelerator_.memory(each.memory).name + '\n';
        return text;
    }
    std::string described() const
    {
        return std::string{name_of(options_.stacks.front().tile)} + ' ' +
               std::string{name_of(options_.stacks.front().mode)} + ' ' + std::string{name_of(options_.capacity)};
    }

private:
    Result fail(const std::string& problem)
    {
        if (problem_.empty()) problem_ = problem;
        return Result::wrong;
    }

    void compare_accesses(const Schedule& plan)
    {
        using validate::TrafficKey;
        using Kind = sim::Activity::Kind;
        validate::Words rows = validate::compiled_words(accelerator_, workload_, plan);
        const ScheduleCost cost = predict(accelerator_, workload_, plan, Estimator::refined);
        std::map<TrafficKey, double> most;
        for (const auto& [key, words] : rows) most[key] = std::abs(words);
        const auto take = [&](TrafficKey key, const PerDirection<Accesses>& accesses) {
            for (Direction d : kAllDirections) {
                std::get<Direction>(key) = d;
                rows[key] -= accesses[d].count();
                most[key] = std::max(most[key], std::abs(accesses[d].count()));
            }
        };
        for (const ScheduledLayerCost& layer : cost.layers)
            for (const OperandCost& operand : layer.cost.operands)
                for (const LevelCost& level : operand.levels)
                    take({Kind::compute, layer.layer, level.memory, operand.memory_operand, {}}, level.accesses);
        for (const ScheduledCopyCost& copies : cost.copies)
            for (const CopyTraffic& traffic : copies.cost.traffic)
                take({Kind::copy, copies.before_layer, traffic.place.memory, traffic.place.operand, {}},
                     traffic.accesses);
        for (const auto& [key, words] : rows)
            if (std::abs(words) > 1e-9 * most[key])
                fail("refined counts other words in " + accelerator_.memory(std::get<MemoryId>(key)).name + " " +
                     std::string{name_of(std::get<MemoryOperand>(key))} + " " +
                     std::string{name_of(std::get<Direction>(key))} +
                     (std::get<0>(key) == Kind::copy ? " of a copy" : " of a layer") + ": " + std::to_string(words));
    }

    MapId map_of(const FeatureRegion& region) const
    {
        if (region.producer) return {*region.producer};
        const NetworkInput input = workload_.inputs()[region.input];
        return {input.layer, input.input};
    }

    /// Pixels of a map that copies bring into a stack; none where some tiles read them off chip.
    std::optional<std::int64_t> pixels_fetched(const Stack& stack, const MapId& map) const
    {
        std::int64_t pixels = 0;
        for (const TileClass& tiles : stack.classes) {
            bool copied = false;
            for (const Step& step : tiles.steps) {
                const auto* copies = std::get_if<CopyStep>(&step);
                if (copies == nullptr) continue;
                for (const Copy& copy : copies->copies) {
                    if (copy.reason != CopyReason::stack_input || !(map_of(copy.region) == map)) continue;
                    copied = true;
                    pixels += copy.region.rows * copy.region.columns * tiles.count;
                }
            }
            if (!copied) return std::nullopt;
        }
        return pixels;
    }

    /// What each layer of a stack computes, all tiles together.
    void compare_pixels(const Stack& stack, const NeededFeatures& needed)
    {
        std::map<LayerId, std::int64_t> pixels;
        for_each_step(stack, [&](const ScheduledStep& step) {
            const ComputeStep* compute = step.compute();
            if (compute == nullptr) return;
            const LoopSizes& sizes = compute->mapping.sizes;
            pixels[compute->layer] += sizes[LoopDim::ox] * sizes[LoopDim::oy] * step.tiles.count;
        });
        for (LayerId id : stack.layers)
            if (pixels[id] != needed.pixels(id))
                fail("computes " + std::to_string(pixels[id]) + " pixels of layer " + std::to_string(id) + ", " +
                     std::to_string(needed.pixels(id)) + " are needed");
    }

    void compare_counts(const Schedule& plan)
    {
        const auto columns = needed_of(workload_, LoopDim::ox);
        const auto rows = needed_of(workload_, LoopDim::oy);
        const bool as_defines = plan.capacity == CapacityPolicy::optimistic && !workload_.bounded();
        const Between between = as_defines ? Between::fetched : Between::left_out;
        std::int64_t macs = 0;
        for (const Stack& stack : plan.stacks) {
            const LayerId last = stack.layers.back();
            const NeededFeatures needed{workload_, stack, columns.at(last), rows.at(last), between};
            macs += needed.macs();
            compare_pixels(stack, needed);
            std::set<MapId> entering;
            for (LayerId id : stack.layers)
                for (std::size_t i = 0; i < workload_.layer(id).inputs.size(); ++i)
                    if (!workload_.layer(id).inputs[i].constant) entering.insert({workload_.layer(id), i});
            for (LayerId id : stack.layers) entering.erase(id);
            for (const MapId& map : entering) {
                const auto fetched = pixels_fetched(stack, map);
                if (fetched && *fetched != needed.pixels(map))
                    fail("fetches " + std::to_string(*fetched) + " pixels of an input, " +
                         std::to_string(needed.pixels(map)) + " are needed");
            }
        }
        const std::int64_t planned = predict(accelerator_, workload_, plan).macs();
        if (planned != macs)
            fail("plans " + std::to_string(planned) + " MACs, " + std::to_string(macs) + " are needed");
    }

    /// With data, in a process of its own, since the kernel lives once per process.
    void run(const Schedule& plan)
    {
        try {
            sim::check_computable(workload_);
        } catch (const InputError&) {
            return;
        }
        const pid_t child = fork();
        if (child == 0) {
            int result = 1;
            try {
                const sim::NetworkData data = sim::random_data(workload_, 1);
                sim::SimulationOptions options;
                options.machine.fidelity = fidelity_;
                const auto computed = sim::simulate(accelerator_, workload_, plan, data, options);
                result = computed.outputs == validate::reference_outputs(workload_, data) ? 0 : 2;
            } catch (const std::exception& error) {
                std::printf("  %s\n", error.what());
                std::fflush(stdout);
            }
            _exit(result);
        }
        int status = 1;
        waitpid(child, &status, 0);
        if (status != 0)
            fail(WIFEXITED(status) && WEXITSTATUS(status) == 2 ? "the run computes another output"
                                                               : "the run with data ends early");
    }

    validate::Draw draw_;
    validate::GeneratedAccelerator drawn_;
    const Accelerator& accelerator_ = drawn_.accelerator;
    const MappingRules& rules_ = drawn_.rules;
    Workload workload_;
    PlanOptions options_;
    sim::Fidelity fidelity_ = sim::Fidelity::transaction;
    std::string problem_;
};

/// Without numbers and names of things, so that equal kinds of problems are counted together.
std::string kind_of(const std::string& problem)
{
    std::string kind;
    for (char each : problem) {
        const bool digit = std::isdigit(static_cast<unsigned char>(each)) != 0;
        if (!digit) kind += each;
        if (digit && (kind.empty() || kind.back() != '#')) kind += '#';
    }
    return kind;
}

int check_seeds(Edges edges, std::uint64_t first, std::uint64_t count, std::uint64_t every)
{
    std::map<RandomPlan::Result, std::uint64_t> results;
    std::map<std::string, std::uint64_t> kinds;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        RandomPlan plan{seed, edges};
        const auto result = plan.check(every > 0 && seed % every == 0);
        ++results[result];
        if (result != RandomPlan::Result::wrong) continue;
        ++kinds[kind_of(plan.problem())];
        std::printf("seed %llu, %s: %s\n", static_cast<unsigned long long>(seed), plan.described().c_str(),
                    plan.problem().c_str());
        std::fflush(stdout);
    }
    for (const auto& [kind, times] : kinds)
        std::printf("%6llu  %s\n", static_cast<unsigned long long>(times), kind.c_str());
    std::printf("%llu plans: %llu infeasible, %llu right, %llu wrong\n", static_cast<unsigned long long>(count),
                static_cast<unsigned long long>(results[RandomPlan::Result::infeasible]),
                static_cast<unsigned long long>(results[RandomPlan::Result::fine]),
                static_cast<unsigned long long>(results[RandomPlan::Result::wrong]));
    return results[RandomPlan::Result::wrong] == 0 ? 0 : 1;
}

Edges edges_named(const std::string& word)
{
    if (word == "padded") return Edges::padded;
    return word == "rearranged" ? Edges::rearranged : Edges::none;
}

}  // namespace
}  // namespace plumbline::random_plans

int sc_main(int argc, char* argv[])
{
    using namespace plumbline::random_plans;
    std::vector<std::string> words(argv + 1, argv + argc);
    const Edges edges = words.empty() ? Edges::none : edges_named(words.front());
    if (edges != Edges::none) words.erase(words.begin());
    const auto number = [&](std::size_t index, const char* otherwise) {
        return std::strtoull(index < words.size() ? words[index].c_str() : otherwise, nullptr, 10);
    };
    if (words.size() == 2 && words.front() == "show") {
        RandomPlan plan{number(1, "0"), edges};
        std::fputs(plan.plan_in_words().c_str(), stdout);
        plan.check(true);
        std::puts(plan.problem().c_str());
        return plan.problem().empty() ? 0 : 1;
    }
    if (words.size() <= 3) return check_seeds(edges, number(0, "0"), number(1, "200"), number(2, "20"));
    std::puts(
        "usage: random_plans [padded|rearranged] [first seed] [seeds] [every so many are run with data] | "
        "[padded|rearranged] show SEED");
    return 2;
}
