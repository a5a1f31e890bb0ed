// SPDX-License-Identifier: Apache-2.0
// The registers of the accelerator: what firmware reads and writes, decoded, and the state that lives in them.
//
// Offsets and bits are those of firmware/plumbline_registers.h. What other parts know is asked when it is read; what
// firmware commands is told to whoever built this. Time is no concern of it.
//
//     RegisterFile registers{capabilities, views};
//     registers.write(PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE);
//     registers.job_ended({}, true);
//     if (registers.interrupt()) …
#pragma once

#include <functional>

#include "peripheral/job.hpp"
#include "plumbline/sim/energy.hpp"

namespace plumbline::sim {

/// What registers show of other parts.
struct RegisterViews {
    std::function<std::uint32_t()> status;  ///< IDLE, BUSY, QUEUE_FULL and the jobs that wait
    std::function<std::uint64_t()> cycles;
    std::function<std::uint64_t(std::uint32_t)> counter;        ///< by COUNTER_SELECT
    std::function<std::uint32_t(std::uint32_t)> program_tiles;  ///< by number
    std::function<std::uint32_t(std::uint32_t)> program_next;   ///< by number
    std::function<EnergySample()> energy;
};

class RegisterFile {
public:
    RegisterFile(std::uint32_t capabilities, RegisterViews views);

    /// Whether an access at this offset sees or changes what time changes; the others are constant.
    static bool is_live(std::uint64_t offset);
    /// \pre offset is a multiple of 4 below PLUMBLINE_REG_END
    std::uint32_t read(std::uint32_t offset);
    /// Without side effects.
    std::uint32_t peek(std::uint32_t offset) const;
    /// By an access that sees the register before it, too: upper halves are those of that moment, not of the last read.
    std::uint32_t peek_with_the_one_before(std::uint32_t offset) const;
    /// Registers that are only read stay as they are. CONTROL is a command, and its writer's to obey.
    void write(std::uint32_t offset, std::uint32_t value);
    /// Only stores: acknowledges nothing.
    void poke(std::uint32_t offset, std::uint32_t value);

    std::uint64_t job() const { return job_; }
    void job_ended(const JobError& error, bool interrupts);
    /// The first one stays until it is acknowledged.
    void raise(const JobError& error);
    bool interrupt() const { return (irq_status_ & irq_enable_) != 0; }
    /// Of what is kept here: JOBS_DONE, ENERGY.
    void clear();
    void reset();

private:
    std::uint32_t status() const;
    std::uint64_t energy() const;
    std::uint32_t power() const;
    void acknowledge(std::uint32_t interrupts);

    std::uint32_t capabilities_;
    RegisterViews views_;
    std::uint64_t job_ = 0;
    std::uint32_t irq_status_ = 0;
    std::uint32_t irq_enable_ = 0;
    bool done_ = false;
    std::uint32_t jobs_done_ = 0;
    JobError error_;
    std::uint32_t counter_select_ = 0;
    std::uint32_t program_select_ = 0;
    std::uint32_t cycles_high_ = 0;
    std::uint32_t counter_high_ = 0;
    std::uint32_t energy_high_ = 0;
    Picojoules energy_before_{};  ///< that ENERGY does not count
    EnergySample power_begin_;    ///< POWER is that since then
};

}  // namespace plumbline::sim
