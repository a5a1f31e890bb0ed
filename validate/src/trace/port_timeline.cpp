// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/port_timeline.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plumbline::validate {

void BusyBins::make_room_until(double end)
{
    end_ = std::max(end_, end);
    while (end_ - begin_ > width_ * kMost) {
        for (std::size_t first = 0; first < busy_.size(); first += kMost) {
            for (std::size_t i = 0; i < kMost / 2; ++i)
                busy_[first + i] = busy_[first + 2 * i] + busy_[first + 2 * i + 1];
            std::fill_n(busy_.begin() + static_cast<std::ptrdiff_t>(first + kMost / 2), kMost / 2, 0.0);
        }
        width_ *= 2;
    }
}

void BusyBins::extend(double end) { make_room_until(end); }

void BusyBins::add(sim::PortIndex port, sim::Span span, double cycles)
{
    make_room_until(span.end);
    double* const bins = &busy_[port * kMost];
    const double from = (span.begin - begin_) / width_;
    const double to = (span.end - begin_) / width_;
    const auto first = std::min(static_cast<std::size_t>(from), kMost - 1);
    const auto last = std::min(static_cast<std::size_t>(to), kMost - 1);
    if (first == last) {
        bins[first] += cycles;
        return;
    }
    const double per_bin = cycles / (to - from);
    bins[first] += per_bin * (static_cast<double>(first + 1) - from);
    for (std::size_t i = first + 1; i < last; ++i) bins[i] += per_bin;
    bins[last] += per_bin * (to - static_cast<double>(last));
}

std::size_t BusyBins::bins() const
{
    return std::min(kMost, static_cast<std::size_t>(std::ceil((end_ - begin_) / width_)));
}

double BusyBins::busy(sim::PortIndex port) const
{
    const auto first = busy_.begin() + static_cast<std::ptrdiff_t>(port * kMost);
    return std::accumulate(first, first + kMost, 0.0);
}

double BusyBins::share(sim::PortIndex port, std::size_t bin) const
{
    const double from = static_cast<double>(bin) * width_;
    const double length = std::min(width_, end_ - begin_ - from);
    return length <= 0 ? 0 : std::min(1.0, busy(port, bin) / length);
}

PortTimeline::PortTimeline(const Accelerator& accelerator)
    : ports_{accelerator},
      memories_{accelerator.memories()},
      run_{ports_.count(), 0}
{}

sim::Observer PortTimeline::observer()
{
    sim::Observer observer;
    observer.stepping = [this](const sim::StepSpan& step) { begin(step); };
    observer.stepped = [this](const sim::StepSpan& step) { end(step); };
    observer.moved = [this](const sim::TransferEvent& event) { moved(event); };
    return observer;
}

const TileTimeline& PortTimeline::longest_tile() const
{
    return current_.duration() > longest_.duration() ? current_ : longest_;
}

void PortTimeline::begin(const sim::StepSpan& step)
{
    if (!current_.steps.empty() && current_.tile == step.tile) return;
    if (current_.duration() > longest_.duration()) std::swap(longest_, current_);
    current_ = {step.tile, BusyBins{ports_.count(), step.span.begin}, {}};
}

void PortTimeline::end(const sim::StepSpan& step)
{
    run_.extend(step.span.end);
    if (!(current_.tile == step.tile)) return;
    current_.bins.extend(step.span.end);
    current_.steps.push_back({step.activity, step.span});
}

void PortTimeline::moved(const sim::TransferEvent& event)
{
    const bool of_current = event.tile == current_.tile && event.span.begin >= current_.bins.begin();
    for (const sim::Access& access : event.accesses) {
        const sim::PortIndex port = ports_.index(access.memory, access.port);
        const auto cycles = static_cast<double>(port_time(access, memories_[access.memory]).slots);
        run_.add(port, event.span, cycles);
        if (of_current) current_.bins.add(port, event.span, cycles);
    }
}

}  // namespace plumbline::validate
