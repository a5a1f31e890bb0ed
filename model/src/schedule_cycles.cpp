// SPDX-License-Identifier: Apache-2.0
#include "plumbline/schedule_cycles.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "evaluation.hpp"
#include "mapping_cuts.hpp"
#include "plumbline/copy_cost.hpp"

namespace plumbline {
namespace {

/// A layer on a tile.
struct TimedLayer {
    const LayerMapping* mapping;
    detail::CostModel model;
    detail::MappingCuts loops;

    TimedLayer(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapped, Estimator estimator)
        : mapping{&mapped},
          model{detail::make_cost_model(accelerator, layer, mapped, estimator)},
          loops{mapped}
    {}

    ScheduleCycles cycles(const Accelerator& accelerator) const
    {
        detail::CostModel timed = model;
        set_time(timed, accelerator);
        const detail::LatencyTerms terms = detail::Evaluation{timed, loops.cuts()}.latency_terms();
        return {Cycles{terms.loading}, Cycles{terms.iterations + terms.stall}, Cycles{terms.offloading}, {}};
    }
};

/// Copies that run at the same time.
struct TimedCopies {
    std::vector<Movement> movements;
    Estimator estimator;

    ScheduleCycles cycles(const Accelerator& accelerator) const
    {
        return {{}, {}, {}, copy_latency(accelerator, movements, estimator) + accelerator.dispatch()};
    }
};

using TimedStep = std::variant<TimedLayer, TimedCopies>;

/// A distinct step, and how often tiles of a schedule do it.
struct Occurrence {
    std::size_t step = 0;
    std::int64_t times = 0;
};

void add(ScheduleCycles& sum, const ScheduleCycles& step, std::int64_t times)
{
    sum.loading += times * step.loading;
    sum.computing += times * step.computing;
    sum.offloading += times * step.offloading;
    sum.copying += times * step.copying;
}

}  // namespace

struct TimedSchedules::Impl {
    Accelerator accelerator;
    Estimator estimator;
    std::vector<std::unique_ptr<TimedStep>> distinct;
    std::map<std::pair<const Workload*, LayerId>, std::vector<std::size_t>> layers;  ///< distinct steps of each
    std::map<Bits, std::vector<std::size_t>> copies;                                 ///< by what the first one moves
    std::vector<std::vector<Occurrence>> schedules;
    std::size_t steps = 0;

    /// The one among `alike` that is the same, or a new one.
    template <class Kind, class Same, class... Parts>
    std::size_t find_or_add(std::vector<std::size_t>& alike, Same same, const Parts&... parts)
    {
        const auto found =
            std::find_if(alike.begin(), alike.end(), [&](std::size_t i) { return same(std::get<Kind>(*distinct[i])); });
        if (found != alike.end()) return *found;
        alike.push_back(distinct.size());
        distinct.push_back(std::make_unique<TimedStep>(std::in_place_type<Kind>, parts...));
        return alike.back();
    }

    std::size_t index_of(const Workload& workload, const ComputeStep& step)
    {
        const auto same = [&](const TimedLayer& known) { return *known.mapping == step.mapping; };
        return find_or_add<TimedLayer>(layers[{&workload, step.layer}], same, accelerator, workload.layer(step.layer),
                                       step.mapping, estimator);
    }

    std::size_t index_of(const CopyStep& step)
    {
        const std::vector<Movement> movements = movements_of(step);
        const auto same = [&](const TimedCopies& known) { return known.movements == movements; };
        const Bits first = movements.empty() ? Bits{} : movements.front().amount;
        return find_or_add<TimedCopies>(copies[first], same, TimedCopies{movements, estimator});
    }

    std::size_t index_of(const Workload& workload, const Step& step)
    {
        const auto* compute = std::get_if<ComputeStep>(&step);
        return compute != nullptr ? index_of(workload, *compute) : index_of(std::get<CopyStep>(step));
    }
};

TimedSchedules::TimedSchedules(const Accelerator& accelerator, Estimator estimator)
    : impl_{new Impl{accelerator, estimator, {}, {}, {}, {}, 0}}
{}
TimedSchedules::~TimedSchedules() = default;
TimedSchedules::TimedSchedules(TimedSchedules&&) noexcept = default;
TimedSchedules& TimedSchedules::operator=(TimedSchedules&&) noexcept = default;

std::size_t TimedSchedules::add(const Workload& workload, const Schedule& schedule)
{
    check(schedule, impl_->accelerator, workload);
    std::map<std::size_t, std::int64_t> times;
    for (const Stack& stack : schedule.stacks) {
        for (const TileClass& tiles : stack.classes) {
            for (const Step& step : tiles.steps) {
                times[impl_->index_of(workload, step)] += tiles.count;
                ++impl_->steps;
            }
        }
    }
    std::vector<Occurrence> occurrences;
    for (const auto& [step, count] : times) occurrences.push_back({step, count});
    impl_->schedules.push_back(std::move(occurrences));
    return impl_->schedules.size() - 1;
}

std::vector<ScheduleCycles> TimedSchedules::cycles(const Accelerator& accelerator,
                                                   const std::vector<std::size_t>& schedules) const
{
    std::vector<std::optional<ScheduleCycles>> known(impl_->distinct.size());
    std::vector<ScheduleCycles> sums;
    for (const std::size_t schedule : schedules) {
        sums.emplace_back();
        for (const Occurrence& each : impl_->schedules.at(schedule)) {
            std::optional<ScheduleCycles>& step = known[each.step];
            if (!step)
                step = std::visit([&](const auto& timed) { return timed.cycles(accelerator); },
                                  *impl_->distinct[each.step]);
            plumbline::add(sums.back(), *step, each.times);
        }
    }
    return sums;
}

std::size_t TimedSchedules::steps() const { return impl_->steps; }
std::size_t TimedSchedules::distinct_steps() const { return impl_->distinct.size(); }

}  // namespace plumbline
