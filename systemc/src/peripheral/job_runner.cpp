// SPDX-License-Identifier: Apache-2.0
#include "peripheral/job_runner.hpp"

#include <utility>

namespace plumbline::sim {

JobRunner::JobRunner(const sc_core::sc_module_name& name, Dma& dma,
                     const std::vector<std::unique_ptr<LoadedProgram>>& programs, const AcceleratorOptions& options,
                     std::size_t memories, std::function<void(const JobEnd&)> ended)
    : sc_core::sc_module{name},
      dma_{&dma},
      programs_{&programs},
      window_{options.window},
      depth_{options.queue_depth},
      ended_{std::move(ended)},
      traffic_{memories},
      cleared_{memories}
{
    SC_THREAD(work);
    worker_ = sc_core::sc_get_last_created_process_handle();
}

bool JobRunner::submit(std::uint64_t descriptor)
{
    if (full()) return false;
    waiting_.push_back(descriptor);
    submitted_.notify(sc_core::SC_ZERO_TIME);
    return true;
}

/// The worker begins anew at once, and must find nothing to do. Engines stop in the next delta cycle.
void JobRunner::abandon()
{
    dma_->bus().abandon();
    submitted_.cancel();
    waiting_.clear();
    energy_ = energy();
    running_ = nullptr;
    program_ = 0;
    next_tile_ = 0;
    clear();
    if (busy_) worker_.reset();
    busy_ = false;
    for (const auto& program : *programs_) program->engine->abandon();
}

void JobRunner::clear()
{
    cycles_ = {};
    traffic_.clear();
    cleared_cycles_ = {};
    cleared_.clear();
    if (running_ == nullptr) return;
    cleared_cycles_ = running_->cycles();
    cleared_ = running_->traffic();
}

Cycles JobRunner::cycles() const
{
    return running_ == nullptr ? cycles_ : cycles_ + running_->cycles() - cleared_cycles_;
}

TrafficCount JobRunner::traffic(MemoryId memory, MemoryOperand operand, Direction direction) const
{
    TrafficCount sum = traffic_.at(memory, operand, direction);
    if (running_ == nullptr) return sum;
    sum += running_->traffic(memory, operand, direction);
    return sum += cleared_.at(memory, operand, direction) * -1;
}

Picojoules JobRunner::energy() const { return running_ == nullptr ? energy_ : energy_ + running_->energy(); }

/// The job that ran is part of the sums.
void JobRunner::add_up()
{
    cycles_ = cycles();
    traffic_.add(running_->traffic(), 1);
    traffic_.add(cleared_, -1);
    energy_ = energy();
    running_ = nullptr;
    cleared_cycles_ = {};
    cleared_.clear();
}

void JobRunner::work()
{
    while (true) {
        while (waiting_.empty()) sc_core::wait(submitted_);
        const std::uint64_t descriptor = waiting_.front();
        waiting_.pop_front();
        busy_ = true;
        dma_->bus().drain();
        const JobEnd end = run(descriptor);
        busy_ = false;
        ended_(end);
    }
}

JobEnd JobRunner::run(std::uint64_t descriptor)
{
    JobBytes bytes{};
    if (const JobError error = check_place(descriptor, bytes.size(), window_)) return {error, false};
    if (const JobError error = dma_->read(descriptor, bytes.data(), bytes.size())) return {error, false};
    const plumbline_job job = decode(bytes);
    if (const JobError error = check_form(job)) return {error, false};
    Cycles cycles{};
    JobError error = judge(job);
    if (!error) error = execute(job, cycles);
    const JobError written = complete(job, error, cycles);
    return {error ? error : written, (job.flags & PLUMBLINE_JOB_INTERRUPT) != 0};
}

JobError JobRunner::judge(const plumbline_job& job) const
{
    if (job.completion != 0) {
        if (const JobError error = check_place(job.completion, sizeof(plumbline_completion), window_)) return error;
    }
    if (job.program >= programs_->size()) return {PLUMBLINE_ERROR_PROGRAM, job.program};
    const LoadedProgram& program = *(*programs_)[job.program];
    if (const JobError error = check_areas(job, program.layout, window_)) return error;
    return check_tiles(job, next_tile(job.program), program.schedule.tiles());
}

JobError JobRunner::execute(const plumbline_job& job, Cycles& cycles)
{
    const LoadedProgram& program = *(*programs_)[job.program];
    if (job.program != program_ && next_tile_ != 0) (*programs_)[program_]->engine->abandon();
    const TileRange tiles = range_of(job, program.schedule.tiles());
    program_ = job.program;
    running_ = program.engine.get();
    const JobError error = running_->run({tiles, program.layout.addresses(addresses_of(job))});
    const std::int64_t end = tiles.first + tiles.count;
    next_tile_ = error || end == program.schedule.tiles() ? 0 : end;
    cycles = running_->cycles();
    add_up();
    return error;
}

JobError JobRunner::complete(const plumbline_job& job, const JobError& error, Cycles cycles)
{
    const bool placed = job.completion != 0 && !check_place(job.completion, sizeof(plumbline_completion), window_);
    if (!placed) return {};
    plumbline_completion completion{};
    completion.status = error ? PLUMBLINE_COMPLETION_ERROR : PLUMBLINE_COMPLETION_DONE;
    completion.error = error.code;
    completion.detail = error.detail;
    completion.cycles = static_cast<std::uint64_t>(cycles.count());
    completion.program = job.program;
    completion.next_tile = static_cast<std::uint32_t>(next_tile(job.program));
    CompletionBytes bytes = encode(completion);
    return dma_->write(job.completion, bytes.data(), bytes.size());
}

}  // namespace plumbline::sim
