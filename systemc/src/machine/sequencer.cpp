// SPDX-License-Identifier: Apache-2.0
#include "machine/sequencer.hpp"

#include <algorithm>
#include <cmath>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

/// Whole cycles, rounded up. Events happen at multiples of the kernel's resolution, which may be this much late.
Cycles whole_cycles(double cycles)
{
    constexpr double kLate = 0.005;
    return Cycles{std::llround(std::ceil(std::max(cycles - kLate, 0.0)))};
}

/// Waits until as many cycles are over that a step counts. What is late by less than a cycle is not counted, so the clock
/// of the run is set back by it.
void await_end(MachineContext& context, const sc_core::sc_time& begin, Cycles cycles)
{
    const sc_core::sc_time end = begin + sim::cycles(static_cast<double>(cycles.count()));
    if (end > context.clock.now()) context.clock.wait(end - context.clock.now());
    context.began += context.clock.now() - end;
}

void dispatch(MachineContext& context)
{
    if (context.dispatch > Cycles{}) context.clock.wait(cycles(static_cast<double>(context.dispatch.count())));
}

}  // namespace

Sequencer::Sequencer(const sc_core::sc_module_name& name, const CompiledSchedule& program, Datapath& datapath,
                     MachineContext& context)
    : sc_core::sc_module{name},
      program_{&program},
      datapath_{&datapath},
      context_{&context},
      stalls_{program.activities.size()}
{
    for (const Activity& activity : program.activities) {
        times_.emplace_back();
        times_.back().activity = activity;
    }
    SC_THREAD(work);
    worker_ = sc_core::sc_get_last_created_process_handle();
}

void Sequencer::start()
{
    running_ = true;
    finished_ = false;
    failure_ = nullptr;
    context_->began = context_->clock.now();
    start_.notify(sc_core::SC_ZERO_TIME);
}

void Sequencer::pause_after(std::int64_t tiles)
{
    tiles_allowed_ = tiles;
    go_on_.notify(sc_core::SC_ZERO_TIME);
}

void Sequencer::abandon()
{
    start_.cancel();
    go_on_.cancel();
    done_.cancel();
    worker_.reset();
    running_ = false;
    paused_ = false;
    clear();
}

void Sequencer::clear()
{
    finished_ = false;
    tiles_done_ = 0;
    stalls_.clear();
    datapath_->mac_array->forget_macs();
    for (ActivityTime& time : times_) {
        const Activity activity = time.activity;
        time = {};
        time.activity = activity;
    }
}

void Sequencer::work()
{
    while (true) {
        sc_core::wait(start_);
        run();
        running_ = false;
        done_.notify(sc_core::SC_ZERO_TIME);
    }
}

Cycles Sequencer::cycles() const
{
    Cycles sum{};
    for (const ActivityTime& time : times_) sum += time.cycles;
    if (!running_ || paused_ || fold_) return sum;
    return std::max(sum, Cycles{static_cast<std::int64_t>(context_->clock.cycles_since(context_->began))});
}

std::int64_t Sequencer::macs() const
{
    std::int64_t sum = datapath_->mac_array->macs();
    for (const ActivityTime& time : times_) sum += time.macs;
    return sum;
}

void Sequencer::run()
{
    context_->began = context_->clock.now();
    if (context_->data != nullptr) context_->data->begin_run();
    try {
        run_stacks();
        finished_ = true;
    } catch (const InputError&) {
        failure_ = std::current_exception();
    }
}

void Sequencer::run_stacks()
{
    for (const StackProgram& stack : program_->stacks) {
        context_->tile.stack = static_cast<std::size_t>(&stack - program_->stacks.data());
        if (context_->data != nullptr) context_->data->begin_stack(context_->tile.stack);
        run_stack(stack);
    }
}

void Sequencer::run_stack(const StackProgram& stack)
{
    if (fold_) {
        run_class_by_class(stack);
    } else {
        run_all_tiles(stack);
    }
}

void Sequencer::run_all_tiles(const StackProgram& stack)
{
    for (std::size_t i = 0; i < stack.tiles.size(); ++i) {
        context_->tile.column = static_cast<std::int64_t>(i) % stack.columns;
        context_->tile.row = static_cast<std::int64_t>(i) / stack.columns;
        run_tile(stack.classes[stack.tiles[i]], 1);
    }
}

void Sequencer::run_class_by_class(const StackProgram& stack)
{
    for (std::size_t each = 0; each < stack.classes.size(); ++each) {
        const auto first = std::find(stack.tiles.begin(), stack.tiles.end(), each) - stack.tiles.begin();
        context_->tile.column = first % stack.columns;
        context_->tile.row = first / stack.columns;
        run_tile(stack.classes[each], stack.classes[each].count);
    }
}

void Sequencer::run_tile(const TileProgram& tile, std::int64_t times)
{
    for (auto& memory : datapath_->memories) memory->repeat(times);
    if (context_->data != nullptr) context_->data->begin_tile(context_->tile);
    for (std::size_t number = 0; number < tile.steps.size(); ++number) {
        const auto run_step = [&](const auto& each) {
            const double begin = context_->now();
            if (context_->observer.stepping) context_->observer.stepping(span(each.activity, begin));
            tell(each.held.during);
            const ActivityTime time = execute(each);
            add(time, each.activity, times);
            add_stalls(each, times);
            tell(each.held.after);
            if (context_->observer.stepped) context_->observer.stepped(span(each.activity, begin, time));
        };
        if (context_->data != nullptr) begin_with_data(tile.steps[number], number);
        std::visit(run_step, tile.steps[number]);
        if (context_->data != nullptr) context_->data->finish(number);
    }
    tiles_done_ += times;
    if (progress_) progress_(tiles_done_, program_->tiles());
    if (tiles_done_ >= tiles_allowed_ && tiles_done_ < program_->tiles()) pause();
}

/// The clock of the run stands still meanwhile.
void Sequencer::pause()
{
    const sc_core::sc_time begin = context_->clock.now();
    paused_ = true;
    done_.notify(sc_core::SC_ZERO_TIME);
    while (tiles_done_ >= tiles_allowed_) sc_core::wait(go_on_);
    paused_ = false;
    context_->began += context_->clock.now() - begin;
}

/// Copies carry their bytes in payloads; a layer computes at once what its transfers count.
void Sequencer::begin_with_data(const StepProgram& step, std::size_t number)
{
    if (std::holds_alternative<ComputeProgram>(step)) {
        context_->data->compute(number);
        return;
    }
    const std::size_t copies = std::get<CopyProgram>(step).copies.size();
    for (std::size_t i = 0; i < copies; ++i) datapath_->copiers[i]->load(context_->data->payload(number, i));
}

ActivityTime Sequencer::execute(const CopyProgram& step)
{
    const sc_core::sc_time begin = context_->clock.now();
    dispatch(*context_);
    for (std::size_t i = 0; i < step.copies.size(); ++i) datapath_->copiers[i]->start(step.copies[i], step.activity);
    for (std::size_t i = 0; i < step.copies.size(); ++i) datapath_->copiers[i]->finish();
    ActivityTime time;
    time.cycles = whole_cycles(context_->clock.cycles_since(begin));
    await_end(*context_, begin, time.cycles);
    return time;
}

ActivityTime Sequencer::execute(const ComputeProgram& step)
{
    const sc_core::sc_time begin = context_->clock.now();
    dispatch(*context_);
    const std::vector<Link*> links = prepare(step.layer);
    const std::vector<Mover*> movers = movers_in_use();
    for (Mover* mover : movers) mover->start(step.layer, step.activity);
    MacArray& mac_array = *datapath_->mac_array;
    ActivityTime time;
    mac_array.await_first_blocks(step.layer, links);
    time.loading = whole_cycles(context_->clock.cycles_since(begin));
    mac_array.run(step.layer, links, step.activity);
    time.macs = mac_array.macs();
    const Cycles computed = whole_cycles(context_->clock.cycles_since(begin));
    for (Mover* mover : movers) mover->finish();
    time.cycles = whole_cycles(context_->clock.cycles_since(begin));
    time.offloading = time.cycles - computed;
    await_end(*context_, begin, time.cycles);
    return time;
}

/// Returns the links that the layer uses.
std::vector<Link*> Sequencer::prepare(const LayerProgram& program)
{
    std::vector<Link*> in_use;
    for (auto& links : datapath_->links) {
        for (auto& link : links) link->prepare(nullptr);
    }
    for (const LinkProgram& each : program.links) {
        Link& link = *datapath_->links[each.stream][each.level];
        link.prepare(&each);
        in_use.push_back(&link);
    }
    datapath_->mac_array->prepare();
    return in_use;
}

std::vector<Mover*> Sequencer::movers_in_use()
{
    std::vector<Mover*> movers;
    const auto take = [&](std::vector<std::unique_ptr<Mover>>& all) {
        for (auto& mover : all) {
            if (mover->in_use()) movers.push_back(mover.get());
        }
    };
    for (auto& fillers : datapath_->fillers) take(fillers);
    take(datapath_->drainers);
    return movers;
}

void Sequencer::add(const ActivityTime& time, std::size_t activity, std::int64_t times)
{
    ActivityTime& sum = times_[activity];
    sum.cycles += time.cycles * times;
    sum.loading += time.loading * times;
    sum.offloading += time.offloading * times;
    sum.macs += time.macs * times;
    datapath_->mac_array->forget_macs();
}

void Sequencer::add_stalls(const CopyProgram& step, std::int64_t times)
{
    stalls_.add(step.activity, {}, context_->arbiter->stalls(), 0, times);
    context_->arbiter->clear_stalls();
}

void Sequencer::add_stalls(const ComputeProgram& step, std::int64_t times)
{
    stalls_.add(step.activity, datapath_->mac_array->waits(), context_->arbiter->stalls(), step.layer.iterations,
                times);
    context_->arbiter->clear_stalls();
}

void Sequencer::tell(const std::vector<Bits>& held) const
{
    if (!context_->observer.occupied) return;
    for (MemoryId memory = 0; memory < held.size(); ++memory)
        context_->observer.occupied({memory, held[memory], context_->now()});
}

StepSpan Sequencer::span(std::size_t activity, double begin, const ActivityTime& time) const
{
    return {context_->activities[activity],
            context_->tile,
            {begin, context_->now()},
            time.loading,
            time.offloading,
            time.macs,
            time.cycles};
}

}  // namespace plumbline::sim
