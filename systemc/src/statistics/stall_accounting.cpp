// SPDX-License-Identifier: Apache-2.0
#include "statistics/stall_accounting.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "core/requesters.hpp"

namespace plumbline::sim {
namespace {

constexpr double kThousandths = 1000;
constexpr LinkNumber kNoLink = ~LinkNumber{0};

/// a * b / c and the rest of it, where a * b may be large.
struct Quotient {
    std::int64_t whole = 0;
    long double rest = 0;
};
Quotient scaled(std::int64_t weight, std::int64_t total, std::int64_t sum)
{
    const long double exact =
        static_cast<long double>(weight) * static_cast<long double>(total) / static_cast<long double>(sum);
    const auto whole = static_cast<std::int64_t>(exact);
    return {whole, exact - static_cast<long double>(whole)};
}

bool is_loading(WaitCause cause) { return cause == WaitCause::loading || cause == WaitCause::latency; }

ArrayWait in_words(WaitKey key, const plumbline::Accelerator& accelerator)
{
    ArrayWait wait;
    wait.cause = key.cause;
    switch (key.cause) {
        case WaitCause::loading:
        case WaitCause::starved:
        case WaitCause::blocked:
            if (key.of == kNoLink) break;
            wait.operand = operand_of(stream_of_link(key.of));
            wait.memory = accelerator.levels(*wait.operand)[level_of_link(key.of)];
            break;
        case WaitCause::narrow_port:
        case WaitCause::contended_port: {
            const PortMap ports{accelerator};
            wait.memory = ports.memory(key.of);
            wait.port = ports.port(key.of);
            break;
        }
        default: break;
    }
    return wait;
}

void add(std::vector<ArrayWait>& waits, const ArrayWait& more)
{
    if (more.cycles == Cycles{}) return;
    const auto same = [&](const ArrayWait& each) {
        return each.cause == more.cause && each.memory == more.memory && each.operand == more.operand &&
               each.port == more.port;
    };
    const auto found = std::find_if(waits.begin(), waits.end(), same);
    if (found != waits.end()) {
        found->cycles += more.cycles;
        return;
    }
    const auto before = [](const ArrayWait& a, const ArrayWait& b) {
        return std::tie(a.cause, a.memory, a.operand, a.port) < std::tie(b.cause, b.memory, b.operand, b.port);
    };
    waits.insert(std::upper_bound(waits.begin(), waits.end(), more, before), more);
}

/// So many cycles in all, in the ratio of what was entered for them.
template <class Entries>
void add_apportioned(ArrayActivity& activity, const Entries& entries, Cycles total,
                     const plumbline::Accelerator& accelerator)
{
    std::vector<std::int64_t> weights;
    weights.reserve(entries.size());
    for (const auto& each : entries) weights.push_back(each.amount);
    const std::vector<std::int64_t> cycles = apportion(weights, total.count());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        ArrayWait wait = in_words(entries[i].key, accelerator);
        wait.cycles = Cycles{cycles[i]};
        add(activity.waits, wait);
    }
}

void add_idle(ArrayActivity& activity, WaitCause cause, Cycles cycles)
{
    ArrayWait wait;
    wait.cause = cause;
    wait.cycles = cycles;
    add(activity.waits, wait);
    activity.idle += cycles;
}

}  // namespace

std::vector<std::int64_t> apportion(const std::vector<std::int64_t>& weights, std::int64_t total)
{
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::vector<std::int64_t> parts(weights.size(), 0);
    if (sum == 0) return parts;
    std::vector<long double> rests;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Quotient part = scaled(weights[i], total, sum);
        parts[i] = part.whole;
        rests.push_back(part.rest);
    }
    std::int64_t left = total - std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    for (; left > 0; --left) {
        const auto most = std::max_element(rests.begin(), rests.end());
        ++parts[static_cast<std::size_t>(most - rests.begin())];
        *most -= 1;
    }
    return parts;
}

void add(ArrayActivity& sum, const ArrayActivity& more)
{
    sum.busy += more.busy;
    sum.stalled += more.stalled;
    sum.idle += more.idle;
    for (const ArrayWait& wait : more.waits) add(sum.waits, wait);
}

void add(PortActivity& sum, const PortActivity& more)
{
    sum.busy += more.busy;
    sum.stalled += more.stalled;
    sum.idle += more.idle;
    for (const PortStall& stall : more.stalls) {
        const auto found = std::find_if(sum.stalls.begin(), sum.stalls.end(), [&](const PortStall& each) {
            return each.cause == stall.cause && each.memory == stall.memory && each.port == stall.port;
        });
        found == sum.stalls.end() ? sum.stalls.push_back(stall) : void(found->cycles += stall.cycles);
    }
}

void StallAccounting::clear() { entries_.assign(entries_.size(), {}); }

void StallAccounting::add(ActivityIndex activity, const Waits& waits, const PortStalls& stalls, std::int64_t iterations,
                          std::int64_t times)
{
    ActivityEntry& entry = entries_[activity];
    entry.iterations += iterations * times;
    const auto enter = [times](auto& sums, const auto& key, double cycles) {
        const std::int64_t thousandths = std::llround(cycles * kThousandths);
        if (thousandths > 0) sums.add(key, thousandths * times);
    };
    for (const auto& [key, cycles] : waits) enter(entry.waits, key, cycles);
    for (const auto& [key, cycles] : stalls) enter(entry.stalls, key, cycles);
}

std::int64_t StallAccounting::waited(ActivityIndex activity) const
{
    std::int64_t sum = 0;
    for (const auto& each : entries_[activity].waits) sum += each.amount;
    return sum;
}

std::int64_t StallAccounting::stalled(ActivityIndex activity) const
{
    std::int64_t sum = 0;
    for (const auto& each : entries_[activity].stalls) sum += each.amount;
    return sum;
}

ArrayActivity StallAccounting::array(ActivityIndex activity, const ActivityTime& time,
                                     const plumbline::Accelerator& accelerator) const
{
    const ActivityEntry& entry = entries_[activity];
    ArrayActivity array;
    if (time.activity.kind == Activity::Kind::copy) {
        add_idle(array, WaitCause::copying, time.cycles);
        return array;
    }
    using Entry = KeyedSums<WaitKey, std::int64_t>::Entry;
    std::vector<Entry> first;
    std::vector<Entry> later;
    std::int64_t waited = 0;
    for (const Entry& each : entry.waits) {
        (is_loading(each.key.cause) ? first : later).push_back(each);
        if (!is_loading(each.key.cause)) waited += each.amount;
    }
    array.busy = Cycles{entry.iterations};
    array.stalled = time.cycles - time.offloading - array.busy;
    // What rounding to whole cycles adds to or takes from iterations that waited for nothing counts as loading.
    const Cycles computing = array.stalled - time.loading;
    const Cycles later_in_all = waited > 0 ? std::max(computing, Cycles{}) : Cycles{};
    if (first.empty()) first.push_back({{WaitCause::loading, kNoLink}, 1});
    add_apportioned(array, first, array.stalled - later_in_all, accelerator);
    add_apportioned(array, later, later_in_all, accelerator);
    add_idle(array, WaitCause::offloading, time.offloading);
    return array;
}

PortActivity StallAccounting::port(ActivityIndex activity, PortIndex index, const PortMap& ports, Cycles busy,
                                   Cycles all) const
{
    PortActivity port{ports.memory(index), ports.port(index), busy, {}, {}, {}};
    std::vector<std::int64_t> weights;
    for (const auto& [key, thousandths] : entries_[activity].stalls) {
        if (key.port != index) continue;
        port.stalls.push_back({key.cause, ports.memory(key.of), ports.port(key.of), Cycles{}});
        weights.push_back(thousandths);
    }
    const auto sum = static_cast<double>(std::accumulate(weights.begin(), weights.end(), std::int64_t{0}));
    port.stalled = std::max(std::min(Cycles{std::llround(sum / kThousandths)}, all - busy), Cycles{});
    port.idle = all - busy - port.stalled;
    const std::vector<std::int64_t> cycles = apportion(weights, port.stalled.count());
    for (std::size_t i = 0; i < cycles.size(); ++i) port.stalls[i].cycles = Cycles{cycles[i]};
    return port;
}

}  // namespace plumbline::sim
