// SPDX-License-Identifier: Apache-2.0
#include "plumbline/schedule_cycles.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>
#include <variant>

#include "cost/layer/loop_cuts.hpp"
#include "cost/layer_evaluation.hpp"
#include "plumbline/copy_cost.hpp"

namespace plumbline {
namespace {

/// Which memories, one bit each.
using Memories = std::uint64_t;

Memories bit(MemoryId memory) { return Memories{1} << memory; }

/// A layer on a tile.
struct TimedLayer {
    const LayerMapping* mapping;
    std::vector<Bits> held;  ///< of each memory, by what else is there
    detail::MappingCuts loops;
    mutable detail::CostModel model;  ///< by the timing that was asked last
    mutable std::mutex mutex;         ///< of the model

    TimedLayer(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapped, std::vector<Bits> others,
               Estimator estimator)
        : mapping{&mapped},
          held{std::move(others)},
          loops{mapped},
          model{detail::make_cost_model(accelerator, layer, mapped, estimator, held)}
    {}

    Memories memories(const Accelerator&) const
    {
        Memories used = 0;
        for (const OperandMapping& operand : mapping->operands)
            for (MemoryId memory : operand.levels) used |= bit(memory);
        return used;
    }

    /// But for its dispatch. Copying the model would take as long as its estimate.
    ScheduleCycles cycles(const Accelerator& accelerator) const
    {
        const std::lock_guard lock{mutex};
        model.set_time(accelerator);
        const detail::LatencyTerms terms = model.estimate(loops.cuts()).latency();
        return {Cycles{terms.loading}, Cycles{terms.iterations + terms.stall}, Cycles{terms.offloading}, {}};
    }
};

/// Copies that run at the same time.
struct TimedCopies {
    std::vector<CopyTransfer> transfers;
    Estimator estimator;

    Memories memories(const Accelerator& accelerator) const
    {
        Memories used = 0;
        for (const CopyTransfer& transfer : transfers)
            for (const Hop& hop : route(accelerator, transfer.from, transfer.to))
                used |= bit(hop.from.memory) | bit(hop.to.memory);
        return used;
    }

    /// But for its dispatch.
    ScheduleCycles cycles(const Accelerator& accelerator) const
    {
        return {{}, {}, {}, copy_latency(accelerator, transfers, estimator)};
    }
};

/// Its cycles depend on the memories it uses.
struct TimedStep {
    std::variant<TimedLayer, TimedCopies> what;
    Memories memories;

    template <class Kind, class... Parts>
    TimedStep(std::in_place_type_t<Kind> kind, const Accelerator& accelerator, const Parts&... parts)
        : what{kind, parts...},
          memories{std::get<Kind>(what).memories(accelerator)}
    {}

    ScheduleCycles cycles(const Accelerator& accelerator) const
    {
        return std::visit([&](const auto& timed) { return timed.cycles(accelerator); }, what);
    }
    void add_dispatch(ScheduleCycles& cycles, Cycles dispatch) const
    {
        (std::holds_alternative<TimedLayer>(what) ? cycles.loading : cycles.copying) += dispatch;
    }
};

/// What each distinct step takes by the timing of some accelerator, as far as anyone asked.
struct Snapshot {
    std::vector<std::pair<Cycles, MemoryTiming>> memories;
    std::vector<std::optional<ScheduleCycles>> steps;
};

/// Latency and timing of each memory.
std::vector<std::pair<Cycles, MemoryTiming>> timings_of(const Accelerator& accelerator)
{
    std::vector<std::pair<Cycles, MemoryTiming>> timings;
    for (const Memory& memory : accelerator.memories()) timings.emplace_back(memory.latency, memory.timing);
    return timings;
}

Memories changed(const Snapshot& before, const Snapshot& now)
{
    Memories changed = 0;
    for (MemoryId id = 0; id < now.memories.size(); ++id)
        if (before.memories[id] != now.memories[id]) changed |= bit(id);
    return changed;
}

bool several(Memories memories) { return (memories & (memories - 1)) != 0; }

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
    mutable std::mutex mutex;  ///< of the next
    mutable std::shared_ptr<const Snapshot> last;

    /// The one among `alike` that is the same, or a new one.
    template <class Kind, class Same, class... Parts>
    std::size_t find_or_add(std::vector<std::size_t>& alike, Same same, const Parts&... parts)
    {
        const auto found = std::find_if(alike.begin(), alike.end(),
                                        [&](std::size_t i) { return same(std::get<Kind>(distinct[i]->what)); });
        if (found != alike.end()) return *found;
        alike.push_back(distinct.size());
        distinct.push_back(std::make_unique<TimedStep>(std::in_place_type<Kind>, accelerator, parts...));
        last.reset();
        return alike.back();
    }

    std::size_t index_of(const Workload& workload, const ComputeStep& step)
    {
        const std::vector<Bits> held = bits_held_by(step.residents, accelerator);
        const auto same = [&](const TimedLayer& known) { return known.held == held && *known.mapping == step.mapping; };
        return find_or_add<TimedLayer>(layers[{&workload, step.layer}], same, accelerator, workload.layer(step.layer),
                                       step.mapping, held, estimator);
    }

    std::size_t index_of(const CopyStep& step)
    {
        const std::vector<CopyTransfer> transfers = copy_transfers(step);
        const auto same = [&](const TimedCopies& known) { return known.transfers == transfers; };
        const Bits first = transfers.empty() ? Bits{} : transfers.front().amount;
        return find_or_add<TimedCopies>(copies[first], same, TimedCopies{transfers, estimator});
    }

    std::size_t index_of(const Workload& workload, const Step& step)
    {
        const auto* compute = std::get_if<ComputeStep>(&step);
        return compute != nullptr ? index_of(workload, *compute) : index_of(std::get<CopyStep>(step));
    }

    /// What steps take that no change of timing since the last snapshot concerns. \param now of some timing
    Memories begin(Snapshot& now) const
    {
        std::shared_ptr<const Snapshot> before;
        {
            const std::lock_guard lock{mutex};
            before = last;
        }
        now.steps.resize(distinct.size());
        if (!before) return ~Memories{0};
        const Memories concerned = changed(*before, now);
        for (std::size_t i = 0; i < distinct.size(); ++i)
            if ((distinct[i]->memories & concerned) == 0) now.steps[i] = before->steps[i];
        return concerned;
    }

    /// A fit moves from a point along one parameter after the other: the point is worth keeping, its neighbours are not.
    void keep(Snapshot now, Memories concerned) const
    {
        if (!several(concerned)) return;
        const std::lock_guard lock{mutex};
        last = std::make_shared<const Snapshot>(std::move(now));
    }
};

TimedSchedules::TimedSchedules(const Accelerator& accelerator, Estimator estimator)
    : impl_{new Impl{accelerator, estimator, {}, {}, {}, {}, 0, {}, {}}}
{}
TimedSchedules::~TimedSchedules() = default;
TimedSchedules::TimedSchedules(TimedSchedules&&) noexcept = default;
TimedSchedules& TimedSchedules::operator=(TimedSchedules&&) noexcept = default;

std::size_t TimedSchedules::add(const Workload& workload, const Schedule& schedule)
{
    check(schedule, impl_->accelerator, workload);
    std::map<std::size_t, std::int64_t> times;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        times[impl_->index_of(workload, step.what)] += step.tiles.count;
        ++impl_->steps;
    });
    std::vector<Occurrence> occurrences;
    occurrences.reserve(times.size());
    for (const auto& [step, count] : times) occurrences.push_back({step, count});
    impl_->schedules.push_back(std::move(occurrences));
    return impl_->schedules.size() - 1;
}

std::vector<ScheduleCycles> TimedSchedules::cycles(const Accelerator& accelerator,
                                                   const std::vector<std::size_t>& schedules) const
{
    Snapshot now{timings_of(accelerator), {}};
    const Memories concerned = impl_->begin(now);
    std::vector<ScheduleCycles> sums;
    for (const std::size_t schedule : schedules) {
        sums.emplace_back();
        for (const Occurrence& each : impl_->schedules.at(schedule)) {
            const TimedStep& step = *impl_->distinct[each.step];
            std::optional<ScheduleCycles>& cycles = now.steps[each.step];
            if (!cycles) cycles = step.cycles(accelerator);
            ScheduleCycles dispatched = *cycles;
            step.add_dispatch(dispatched, accelerator.dispatch());
            plumbline::add(sums.back(), dispatched, each.times);
        }
    }
    impl_->keep(std::move(now), concerned);
    return sums;
}

std::size_t TimedSchedules::steps() const { return impl_->steps; }
std::size_t TimedSchedules::distinct_steps() const { return impl_->distinct.size(); }

}  // namespace plumbline
