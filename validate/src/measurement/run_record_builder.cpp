// SPDX-License-Identifier: Apache-2.0
#include "measurement/run_record_builder.hpp"

#include <algorithm>
#include <cmath>

#include "plumbline/error.hpp"
#include "plumbline/suggestion.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;

constexpr LayerId kInput = -1;
constexpr double kMostEnergy = 1e30;  // picojoules

template <class Items, class NameOf>
[[noreturn]] void refuse(const std::string& field, const std::string& name, const std::string& owner,
                         const Items& items, NameOf name_of_item)
{
    std::vector<std::string> known;
    known.reserve(items.size());
    for (const auto& item : items) known.emplace_back(name_of_item(item));
    throw InputError{field, "'" + name + "' is unknown in " + owner + suggestion(name, views_of(known))};
}

/// Above it, a floating-point number does not tell one cycle or word from the next.
constexpr double kMost = 9007199254740992;  // 2^53

/// \throws InputError where a sum has grown beyond what any run takes
void require_bounded(double sum, const char* field, const char* unit)
{
    if (sum >= 0 && sum <= kMost) return;
    throw InputError{field, "comes to " + shortest_text(sum) + ' ' + unit + ", expected at most 2^53"};
}

Cycles rounded(double cycles) { return Cycles{std::llround(cycles)}; }

/// Of a step's layer among those of the network.
std::ptrdiff_t position(const Workload& workload, const Activity& activity)
{
    if (!activity.layer) return kInput;
    const auto same = [&](const Layer& layer) { return layer.id == *activity.layer; };
    return std::find_if(workload.layers().begin(), workload.layers().end(), same) - workload.layers().begin();
}

}  // namespace

std::optional<StatedPhase> stated_phase_named(std::string_view name)
{
    if (name == "total") return StatedPhase::total;
    if (name == "computing") return StatedPhase::computing;
    if (name == "loading") return StatedPhase::loading;
    if (name == "offloading") return StatedPhase::offloading;
    return std::nullopt;
}

MemoryId RunRecordBuilder::memory(const std::string& name) const
{
    if (const auto id = accelerator_->memory_named(name)) return *id;
    refuse("memory", name, accelerator_->name(), accelerator_->memories(),
           [](const Memory& each) { return each.name; });
}

PortId RunRecordBuilder::port(MemoryId memory, const std::string& name) const
{
    const std::vector<Port>& ports = accelerator_->memory(memory).ports;
    for (PortId id = 0; id < ports.size(); ++id) {
        if (ports[id].name == name) return id;
    }
    refuse("port", name, accelerator_->memory(memory).name, ports, [](const Port& each) { return each.name; });
}

MemoryOperand RunRecordBuilder::operand(const std::string& name)
{
    if (name == "I") return MemoryOperand::i1;
    if (name == "W") return MemoryOperand::i2;
    if (const auto found = memory_operand_named(name)) return *found;
    throw InputError{"operand", "'" + name + "' is unknown, expected I1 (or I), I2 (or W) or O"};
}

Direction RunRecordBuilder::direction(const std::string& name)
{
    if (const auto found = direction_named(name)) return *found;
    throw InputError{"direction",
                     "'" + name + "' is unknown, expected read_down, write_from_down, read_up or write_from_up"};
}

Border RunRecordBuilder::border(const std::string& memory_name, const std::string& operand_name,
                                const std::string& direction_name) const
{
    const Border border{memory(memory_name), operand(operand_name), direction(direction_name)};
    const Memory& described = accelerator_->memory(border.memory);
    const MemoryService* service = described.service(border.operand);
    if (service != nullptr && service->port[border.direction]) return border;
    throw InputError{"memory", memory_name + " has no port for " + std::string{name_of(border.operand)} + ' ' +
                                   direction_name + " in " + accelerator_->name()};
}

LayerId RunRecordBuilder::layer(const std::string& name) const
{
    for (const Layer& each : workload_->layers()) {
        if (each.name == name) return each.id;
    }
    for (const Layer& each : workload_->layers()) {
        if (std::to_string(each.id) == name || "Layer" + std::to_string(each.id) == name) return each.id;
    }
    refuse("layer", name, workload_->name(), workload_->layers(), [](const Layer& each) { return each.name; });
}

RunRecordBuilder::StepKey RunRecordBuilder::key(const Activity& activity)
{
    return {activity.layer.value_or(kInput), activity.kind};
}

Activity RunRecordBuilder::activity(const StepKey& key)
{
    return {key.second, key.first == kInput ? std::nullopt : std::optional<LayerId>{key.first}};
}

void RunRecordBuilder::add_accesses(const MaybeActivity& activity, const Border& border, double amount,
                                    io::AmountUnit unit, std::optional<double> cycles)
{
    const auto step = activity ? std::optional<StepKey>{key(*activity)} : std::nullopt;
    const auto [by_layer, first] = by_layer_.insert({border, step.has_value()});
    if (!first && by_layer->second != step.has_value()) {
        throw InputError{"layer", "accesses of the whole run stand beside those of layers, expected one of both"};
    }
    Amount& sum = accesses_[{step, border}];
    // Words need no port: traffic may be stated where the machine has none.
    sum.words += unit == io::AmountUnit::words
                     ? amount
                     : io::words(amount, unit, accelerator_->port(border.memory, border.operand, border.direction));
    require_bounded(sum.words, "amount", "words");
    if (!cycles) return;
    sum.cycles = sum.cycles.value_or(0) + *cycles;
    require_bounded(*sum.cycles, "time", "cycles");
}

void RunRecordBuilder::add_time(const Activity& activity, StatedPhase phase, double cycles)
{
    Times& times = times_[key(activity)];
    if (phase == StatedPhase::total ? !times.phases.empty() : times.total.has_value()) {
        throw InputError{"phase", "a total stands beside single phases of the same step, expected one of both"};
    }
    double& sum = phase == StatedPhase::total ? times.total.emplace(times.total.value_or(0)) : times.phases[phase];
    sum += cycles;
    require_bounded(sum, "time", "cycles");
}

void RunRecordBuilder::add_busy(MemoryId memory, PortId port, double cycles)
{
    double& sum = busy_[{memory, port}];
    sum += cycles;
    require_bounded(sum, "time", "cycles");
}

void RunRecordBuilder::add_run_time(double cycles)
{
    if (cycles_) throw InputError{"time", "the time of the whole run is stated twice"};
    require_bounded(cycles, "time", "cycles");
    cycles_ = cycles;
}

void RunRecordBuilder::add_energy(Picojoules energy)
{
    energy_ = energy_.value_or(Picojoules{}) + energy;
    if (energy_->count() <= kMostEnergy) return;
    throw InputError{"energy", "comes to " + shortest_text(energy_->count()) + " pJ, expected at most 1e30"};
}

void RunRecordBuilder::begin_result(LayerId layer, const std::string& place)
{
    const auto [earlier, first] = results_.emplace(layer, place);
    if (first) return;
    throw InputError{"layer",
                     "a result of " + workload_->layer(layer).name + " says again what " + earlier->second + " said"};
}

bool RunRecordBuilder::empty() const
{
    return accesses_.empty() && times_.empty() && busy_.empty() && !cycles_ && !energy_;
}

std::optional<double> RunRecordBuilder::time_of_all_layers() const
{
    double sum = 0;
    for (const Layer& layer : workload_->layers()) {
        const auto found = times_.find({layer.id, Activity::Kind::compute});
        if (found == times_.end()) return std::nullopt;
        sum += found->second.total.value_or(0);
        for (const auto& [phase, cycles] : found->second.phases) sum += cycles;
    }
    return sum;
}

StepEntry RunRecordBuilder::step(const StepKey& key, const Times& times) const
{
    StepEntry entry;
    entry.activity = activity(key);
    if (entry.activity.layer) entry.name = workload_->layer(*entry.activity.layer).name;
    double total = times.total.value_or(0);
    for (const auto& [phase, cycles] : times.phases) total += cycles;
    entry.cycles = rounded(total);
    entry.phased = times.phases.count(StatedPhase::computing) == 1;
    if (!entry.phased && !times.phases.empty()) {
        throw InputError{"phase", entry.name + " has loading or offloading without computing, expected all or a total"};
    }
    const auto of = [&](StatedPhase phase) {
        const auto found = times.phases.find(phase);
        return found == times.phases.end() ? Cycles{} : rounded(found->second);
    };
    entry.loading = of(StatedPhase::loading);
    entry.offloading = of(StatedPhase::offloading);
    return entry;
}

RunRecord RunRecordBuilder::run_record(std::string source) const
{
    RunRecord record;
    record.source.name = std::move(source);
    for (const auto& [key, amount] : accesses_) {
        const auto& [step, border] = key;
        const MaybeActivity whose = step ? MaybeActivity{activity(*step)} : std::nullopt;
        const auto time = amount.cycles ? std::optional<Cycles>{rounded(*amount.cycles)} : std::nullopt;
        record.accesses.push_back(
            {whose, border.memory, border.operand, border.direction, Accesses{amount.words}, time, {}});
    }
    for (const auto& [key, times] : times_) record.steps.push_back(step(key, times));
    std::stable_sort(record.steps.begin(), record.steps.end(), [&](const StepEntry& a, const StepEntry& b) {
        return position(*workload_, a.activity) < position(*workload_, b.activity);
    });
    for (const auto& [port, cycles] : busy_) record.ports.push_back({port.first, port.second, rounded(cycles)});
    if (cycles_) record.cycles = rounded(*cycles_);
    record.energy = energy_;
    return record;
}

}  // namespace plumbline::validate
