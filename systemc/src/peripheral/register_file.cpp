// SPDX-License-Identifier: Apache-2.0
#include "peripheral/register_file.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace plumbline::sim {
namespace {

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

}  // namespace

RegisterFile::RegisterFile(std::uint32_t capabilities, RegisterViews views)
    : capabilities_{capabilities},
      views_{std::move(views)}
{}

bool RegisterFile::is_live(std::uint64_t offset)
{
    return offset != PLUMBLINE_REG_ID && offset != PLUMBLINE_REG_VERSION && offset != PLUMBLINE_REG_CAPABILITIES;
}

std::uint32_t RegisterFile::status() const
{
    return views_.status() | (done_ ? PLUMBLINE_STATUS_DONE : 0) | (error_ ? PLUMBLINE_STATUS_ERROR : 0);
}

std::uint64_t RegisterFile::energy() const
{
    return static_cast<std::uint64_t>(std::llround((views_.energy().energy - energy_before_).count()));
}

std::uint32_t RegisterFile::power() const
{
    constexpr double kMost = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(kMost, std::round(1000 * milliwatts(power_begin_, views_.energy()))));
}

std::uint32_t RegisterFile::peek(std::uint32_t offset) const
{
    switch (offset) {
        case PLUMBLINE_REG_ID: return PLUMBLINE_ID_VALUE;
        case PLUMBLINE_REG_VERSION: return PLUMBLINE_VERSION_VALUE;
        case PLUMBLINE_REG_CAPABILITIES: return capabilities_;
        case PLUMBLINE_REG_STATUS: return status();
        case PLUMBLINE_REG_JOB_LOW: return low(job_);
        case PLUMBLINE_REG_JOB_HIGH: return high(job_);
        case PLUMBLINE_REG_IRQ_STATUS: return irq_status_;
        case PLUMBLINE_REG_IRQ_ENABLE: return irq_enable_;
        case PLUMBLINE_REG_CYCLES_LOW: return low(views_.cycles());
        case PLUMBLINE_REG_CYCLES_HIGH: return cycles_high_;
        case PLUMBLINE_REG_JOBS_DONE: return jobs_done_;
        case PLUMBLINE_REG_ERROR: return error_.code;
        case PLUMBLINE_REG_ERROR_DETAIL_LOW: return low(error_.detail);
        case PLUMBLINE_REG_ERROR_DETAIL_HIGH: return high(error_.detail);
        case PLUMBLINE_REG_COUNTER_SELECT: return counter_select_;
        case PLUMBLINE_REG_COUNTER_LOW: return low(views_.counter(counter_select_));
        case PLUMBLINE_REG_COUNTER_HIGH: return counter_high_;
        case PLUMBLINE_REG_PROGRAM_SELECT: return program_select_;
        case PLUMBLINE_REG_PROGRAM_TILES: return views_.program_tiles(program_select_);
        case PLUMBLINE_REG_PROGRAM_NEXT: return views_.program_next(program_select_);
        case PLUMBLINE_REG_ERROR_RESPONSE: return error_.response;
        case PLUMBLINE_REG_ENERGY_LOW: return low(energy());
        case PLUMBLINE_REG_ENERGY_HIGH: return energy_high_;
        case PLUMBLINE_REG_POWER: return power();
        default: return 0;
    }
}

std::uint32_t RegisterFile::peek_with_the_one_before(std::uint32_t offset) const
{
    switch (offset) {
        case PLUMBLINE_REG_CYCLES_HIGH: return high(views_.cycles());
        case PLUMBLINE_REG_COUNTER_HIGH: return high(views_.counter(counter_select_));
        case PLUMBLINE_REG_ENERGY_HIGH: return high(energy());
        default: return peek(offset);
    }
}

std::uint32_t RegisterFile::read(std::uint32_t offset)
{
    if (offset == PLUMBLINE_REG_CYCLES_LOW) cycles_high_ = high(views_.cycles());
    if (offset == PLUMBLINE_REG_COUNTER_LOW) counter_high_ = high(views_.counter(counter_select_));
    if (offset == PLUMBLINE_REG_ENERGY_LOW) energy_high_ = high(energy());
    const std::uint32_t value = peek(offset);
    if (offset == PLUMBLINE_REG_POWER) power_begin_ = views_.energy();
    return value;
}

void RegisterFile::write(std::uint32_t offset, std::uint32_t value)
{
    constexpr std::uint32_t kInterrupts = PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR;
    switch (offset) {
        case PLUMBLINE_REG_JOB_LOW: job_ = std::uint64_t{high(job_)} << 32 | value; break;
        case PLUMBLINE_REG_JOB_HIGH: job_ = std::uint64_t{value} << 32 | low(job_); break;
        case PLUMBLINE_REG_IRQ_ENABLE: irq_enable_ = value & kInterrupts; break;
        case PLUMBLINE_REG_IRQ_ACK: acknowledge(value); break;
        case PLUMBLINE_REG_COUNTER_SELECT: counter_select_ = value; break;
        case PLUMBLINE_REG_PROGRAM_SELECT: program_select_ = value; break;
        default: break;
    }
}

void RegisterFile::poke(std::uint32_t offset, std::uint32_t value)
{
    if (offset != PLUMBLINE_REG_IRQ_ACK) write(offset, value);
}

void RegisterFile::acknowledge(std::uint32_t interrupts)
{
    irq_status_ &= ~interrupts;
    if ((interrupts & PLUMBLINE_IRQ_DONE) != 0) done_ = false;
    if ((interrupts & PLUMBLINE_IRQ_ERROR) != 0) error_ = {};
}

void RegisterFile::job_ended(const JobError& error, bool interrupts)
{
    if (interrupts) irq_status_ |= PLUMBLINE_IRQ_DONE;
    if (error) {
        raise(error);
        return;
    }
    done_ = true;
    ++jobs_done_;
}

void RegisterFile::raise(const JobError& error)
{
    irq_status_ |= PLUMBLINE_IRQ_ERROR;
    if (!error_) error_ = error;
}

void RegisterFile::clear()
{
    jobs_done_ = 0;
    energy_before_ = views_.energy().energy;
}

void RegisterFile::reset()
{
    *this = RegisterFile{capabilities_, std::move(views_)};
    power_begin_ = views_.energy();
    energy_before_ = power_begin_.energy;
}

}  // namespace plumbline::sim
