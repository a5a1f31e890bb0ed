// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "measurement/border.hpp"
#include "measurement/execution_order.hpp"
#include "measurement/step_labels.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;

/// The same quantity from either side; nothing where a side does not know.
template <class T>
struct Stated {
    std::optional<T> predicted;
    std::optional<T> simulated;

    bool by_both() const { return predicted && simulated; }
    Both<T> both() const { return {*predicted, *simulated}; }
};

bool within(double deviation, double tolerance) { return std::abs(deviation) <= tolerance; }

/// What only one side says. Nobody needs to know of a zero.
class OneSidedList {
public:
    template <class T>
    void add(const std::string& what, const Stated<T>& stated, const char* unit)
    {
        const auto side = stated.predicted ? OneSided::Side::predicted : OneSided::Side::simulated;
        const auto value = static_cast<double>((stated.predicted ? *stated.predicted : *stated.simulated).count());
        if (value != 0) list.push_back({side, what, value, unit});
    }

    std::vector<OneSided> list;
};

using Borders = std::map<Border, Stated<Accesses>>;

void add_accesses(Borders& borders, const RunRecord& record, std::optional<Accesses> Stated<Accesses>::*side)
{
    for (const AccessEntry& entry : record.accesses) {
        std::optional<Accesses>& sum = borders[border_of(entry)].*side;
        sum = sum.value_or(Accesses{}) + entry.words;
    }
}

/// What a complete record does not list is nothing.
template <class Key, class T>
void complete(std::map<Key, Stated<T>>& stated, const RunRecord& predicted, const RunRecord& simulated)
{
    for (auto& [key, both] : stated) {
        if (predicted.complete && !both.predicted) both.predicted = T{};
        if (simulated.complete && !both.simulated) both.simulated = T{};
    }
}

std::string label(const Accelerator& accelerator, const Border& border)
{
    const auto [memory, operand, direction] = border;
    return accelerator.memory(memory).name + ' ' + std::string{name_of(operand)} + ' ' +
           std::string{name_of(direction)};
}

std::vector<AccessRow> access_rows(const Accelerator& accelerator, const RunRecord& predicted,
                                   const RunRecord& simulated, double tolerance, OneSidedList& one_sided)
{
    Borders borders;
    add_accesses(borders, predicted, &Stated<Accesses>::predicted);
    add_accesses(borders, simulated, &Stated<Accesses>::simulated);
    complete(borders, predicted, simulated);
    std::vector<AccessRow> rows;
    for (const auto& [border, accesses] : borders) {
        const auto [memory, operand, direction] = border;
        if (accesses.by_both()) {
            const Both<Accesses> both = accesses.both();
            rows.push_back({memory, operand, direction, both, within(both.deviation(), tolerance)});
        } else {
            one_sided.add(label(accelerator, border), accesses, "words");
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const AccessRow& a, const AccessRow& b) {
        if (a.within != b.within) return b.within;
        return !a.within && std::abs(a.accesses.deviation()) > std::abs(b.accesses.deviation());
    });
    return rows;
}

/// One row per step that either side knows.
class Steps {
public:
    Steps(const RunRecord& predicted, const RunRecord& simulated)
    {
        for (const StepEntry& entry : predicted.steps) of(entry).predicted = &entry;
        for (const StepEntry& entry : simulated.steps) of(entry).simulated = &entry;
        for (Step& step : steps_) {
            if (predicted.complete && step.predicted == nullptr) step.predicted = &kNoTime;
            if (simulated.complete && step.simulated == nullptr) step.simulated = &kNoTime;
            if (step.activity.kind == Activity::Kind::compute) order_.push_back(*step.activity.layer);
        }
    }

    /// Layers or copies that both sides know, in the order in which they run.
    std::vector<StepRow> judged(Activity::Kind kind, double tolerance) const
    {
        std::vector<StepRow> chosen;
        for (const Step& step : steps_) {
            if (step.activity.kind != kind || step.predicted == nullptr || step.simulated == nullptr) continue;
            chosen.push_back(row(step));
            chosen.back().within = within(chosen.back().cycles().deviation(), tolerance);
        }
        return in_execution_order(std::move(chosen), order_, [](const StepRow& row) { return row.activity; });
    }

    void add_one_sided(OneSidedList& one_sided) const
    {
        for (const Step& step : steps_) {
            Stated<Cycles> cycles;
            if (step.predicted != nullptr) cycles.predicted = step.predicted->cycles;
            if (step.simulated != nullptr) cycles.simulated = step.simulated->cycles;
            if (cycles.by_both()) continue;
            const bool layer = step.activity.kind == Activity::Kind::compute;
            one_sided.add(layer ? "layer " + step.name : copy_label(step.name), cycles, "cycles");
        }
    }

private:
    struct Step {
        Activity activity;
        std::string name;
        const StepEntry* predicted;
        const StepEntry* simulated;
    };

    Step& of(const StepEntry& entry)
    {
        const auto same = [&](const Step& step) { return step.activity == entry.activity; };
        auto found = std::find_if(steps_.begin(), steps_.end(), same);
        if (found == steps_.end()) found = steps_.insert(steps_.end(), {entry.activity, {}, nullptr, nullptr});
        if (found->name.empty()) found->name = entry.name;
        return *found;
    }

    static StepRow row(const Step& step)
    {
        StepRow row;
        row.activity = step.activity;
        row.name = step.name;
        if (row.name.empty() && step.activity.layer) row.name = std::to_string(*step.activity.layer);
        const StepEntry& predicted = *step.predicted;
        const StepEntry& simulated = *step.simulated;
        row.phased = predicted.phased && simulated.phased;
        if (row.phased) {
            row.computing = {predicted.computing(), simulated.computing()};
            row.loading = {predicted.loading, simulated.loading};
            row.offloading = {predicted.offloading, simulated.offloading};
        } else {
            row.computing = {predicted.cycles, simulated.cycles};
        }
        return row;
    }

    inline static const StepEntry kNoTime{{}, {}, {}, true, {}, {}, {}, {}};
    std::vector<Step> steps_;
    std::vector<LayerId> order_;
};

/// A copy that both sides agree takes no time is nothing to report.
void drop_idle(std::vector<StepRow>& copies)
{
    const auto idle = [](const StepRow& row) {
        return row.cycles().predicted == Cycles{} && row.cycles().simulated == Cycles{};
    };
    copies.erase(std::remove_if(copies.begin(), copies.end(), idle), copies.end());
}

/// Ports of which both sides know how busy they were. That only one knows is the rule (no model says it), not a finding.
std::vector<PortRow> port_rows(const RunRecord& predicted, const RunRecord& simulated, double tolerance)
{
    std::map<std::pair<MemoryId, PortId>, Stated<Cycles>> ports;
    for (const PortEntry& entry : predicted.ports) ports[{entry.memory, entry.port}].predicted = entry.busy;
    for (const PortEntry& entry : simulated.ports) ports[{entry.memory, entry.port}].simulated = entry.busy;
    std::vector<PortRow> rows;
    for (const auto& [port, busy] : ports) {
        if (!busy.by_both()) continue;
        rows.push_back({port.first, port.second, busy.both(), within(busy.both().deviation(), tolerance)});
    }
    return rows;
}

template <class T>
std::optional<Both<T>> total(const char* what, const Stated<T>& stated, const char* unit, OneSidedList& one_sided)
{
    if (stated.by_both()) return stated.both();
    if (stated.predicted || stated.simulated) one_sided.add(what, stated, unit);
    return std::nullopt;
}

template <class Row>
bool all_within(const std::vector<Row>& rows)
{
    return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.within; });
}

}  // namespace

double deviation(double predicted, double simulated)
{
    if (simulated != 0) return (predicted - simulated) / simulated;
    return predicted == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), predicted);
}

Both<Cycles> StepRow::cycles() const
{
    return {computing.predicted + loading.predicted + offloading.predicted,
            computing.simulated + loading.simulated + offloading.simulated};
}

Comparison compare(const Accelerator& accelerator, const RunRecord& predicted, const RunRecord& simulated,
                   const Tolerances& tolerances)
{
    OneSidedList one_sided;
    Comparison comparison;
    comparison.predicted_by = predicted.source;
    comparison.simulated_by = simulated.source;
    comparison.accesses = access_rows(accelerator, predicted, simulated, tolerances.accesses, one_sided);
    const Steps steps{predicted, simulated};
    comparison.layers = steps.judged(Activity::Kind::compute, tolerances.latency);
    comparison.copies = steps.judged(Activity::Kind::copy, tolerances.latency);
    steps.add_one_sided(one_sided);
    drop_idle(comparison.copies);
    comparison.ports = port_rows(predicted, simulated, tolerances.latency);
    comparison.energy = total("energy", Stated<Picojoules>{predicted.energy, simulated.energy}, "pJ", one_sided);
    comparison.latency = total("latency", Stated<Cycles>{predicted.cycles, simulated.cycles}, "cycles", one_sided);
    comparison.one_sided = std::move(one_sided.list);
    comparison.within_tolerance = all_within(comparison.accesses) && all_within(comparison.layers) &&
                                  all_within(comparison.copies) && all_within(comparison.ports) &&
                                  (!comparison.latency || within(comparison.latency->deviation(), tolerances.latency));
    return comparison;
}

Comparison compare(const Accelerator& accelerator, const ScheduleCost& predicted, const sim::Counters& simulated,
                   const Tolerances& tolerances)
{
    return compare(accelerator, run_record_of(predicted), run_record_of(accelerator, simulated), tolerances);
}

}  // namespace plumbline::validate
