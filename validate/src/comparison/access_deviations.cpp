// SPDX-License-Identifier: Apache-2.0
#include "comparison/access_deviations.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "measurement/border.hpp"
#include "plumbline/access_causes.hpp"
#include "plumbline/copy_cost.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;
using ByLayer = std::map<LayerId, AccessParts>;

/// What is put down to something at a border.
struct KnownParts {
    ByLayer layers;
    AccessParts copies;
};
using Known = std::map<Border, KnownParts>;

static_assert(static_cast<std::size_t>(Cause::clipping) == kAccessCauses);
Cause cause_of(AccessCause assumption) { return static_cast<Cause>(assumption); }

/// What `uniform` assumes of layers.
void add_assumptions(Known& known, const std::vector<AccessDifference>& differences)
{
    for (const AccessDifference& row : differences)
        for (AccessCause assumption : kAllAccessCauses)
            known[border_of(row)].layers[row.layer][cause_of(assumption)] += row.words[assumption];
}

/// What copies move through a border, rounded to granules and not.
struct Moved {
    Accesses words{};
    Bits bits{};
};
using Copied = std::map<Border, Moved>;

void add_bits(Copied& copied, const Accelerator& accelerator, const Copy& copy, std::int64_t times)
{
    const Bits bits = times * copy.region.size();
    for (const Hop& hop : route(accelerator, copy.from, copy.to)) {
        copied[{hop.from.memory, hop.from.operand, hop.read}].bits += bits;
        copied[{hop.to.memory, hop.to.operand, hop.write}].bits += bits;
    }
}

/// As the schedule has them.
Copied scheduled_copies(const Accelerator& accelerator, const Schedule& schedule, const RunRecord& predicted)
{
    Copied copied;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (step.copies() == nullptr) return;
        for (const Copy& copy : step.copies()->copies) add_bits(copied, accelerator, copy, step.tiles.count);
    });
    for (const AccessEntry& entry : predicted.accesses)
        if (entry.activity && entry.activity->kind == Activity::Kind::copy)
            copied[border_of(entry)].words += entry.words;
    return copied;
}

/// As the machine made them.
Copied simulated_copies(const RunRecord& simulated)
{
    Copied copied;
    for (const AccessEntry& entry : simulated.accesses)
        if (entry.activity && entry.activity->kind == Activity::Kind::copy) {
            Moved& moved = copied[border_of(entry)];
            moved.words += entry.words;
            moved.bits += entry.bits.value_or(Bits{});
        }
    return copied;
}

/// Copies of less than their region, and of regions in parts that round up to granules each by itself.
void add_copies(Known& known, const Accelerator& accelerator, const Copied& scheduled, const RunRecord& simulated)
{
    Copied made = simulated_copies(simulated);
    for (const auto& [border, asked] : scheduled) {
        const Moved& moved = made[border];
        if (asked.words == moved.words) continue;
        const auto [memory, operand, direction] = border;
        const Accesses less{(asked.bits - moved.bits) / accelerator.port(memory, operand, direction).width};
        if (less < Accesses{}) continue;
        AccessParts& parts = known[border].copies;
        parts[simulated.overcommitted ? Cause::capacity : Cause::clipping] += less;
        parts[Cause::granule_rounding] += asked.words - moved.words - less;
    }
}

/// Sums of many words differ in their last digits.
Accesses without_noise(Accesses words, const Both<Accesses>& of)
{
    constexpr double kNoise = 1e-9;
    const double largest = std::max(of.predicted.count(), of.simulated.count());
    return std::abs(words.count()) <= kNoise * largest ? Accesses{} : words;
}

/// Words that layers move at a border.
std::map<LayerId, Accesses> words_of_layers(const RunRecord& record, const AccessRow& row)
{
    std::map<LayerId, Accesses> words;
    for (const AccessEntry& entry : record.accesses)
        if (entry.activity && entry.activity->kind == Activity::Kind::compute && border_of(entry) == border_of(row))
            words[*entry.activity->layer] += entry.words;
    return words;
}

/// Layers that deviate. What is not known of them is `other`.
std::vector<LayerAccesses> layers_of(const AccessRow& row, ByLayer parts, const RunRecord& predicted,
                                     const RunRecord& simulated)
{
    auto simulated_words = words_of_layers(simulated, row);
    auto predicted_words = words_of_layers(predicted, row);
    for (const auto& [layer, words] : simulated_words) parts[layer];
    for (const auto& [layer, words] : predicted_words) parts[layer];
    std::vector<LayerAccesses> layers;
    for (auto& [layer, known] : parts) {
        const Accesses difference = predicted_words[layer] - simulated_words[layer];
        if (without_noise(difference, row.accesses) == Accesses{}) continue;
        known[Cause::other] = without_noise(difference - known.sum(), row.accesses);
        layers.push_back({layer, known});
    }
    return layers;
}

AccessDeviation access_deviation(const AccessRow& row, const Known& known, const RunRecord& predicted,
                                 const RunRecord& simulated)
{
    AccessDeviation deviation{row.memory, row.operand, row.direction, row.accesses, {}, {}};
    const auto found = known.find(border_of(row));
    const KnownParts parts = found == known.end() ? KnownParts{} : found->second;
    deviation.parts = parts.copies;
    for (const auto& [layer, of_layer] : parts.layers) deviation.parts += of_layer;
    if (predicted.complete && simulated.complete) deviation.layers = layers_of(row, parts.layers, predicted, simulated);
    const Accesses left = row.accesses.predicted - row.accesses.simulated - deviation.parts.sum();
    deviation.parts[Cause::other] = without_noise(left, row.accesses);
    return deviation;
}

}  // namespace

std::vector<AccessDeviation> access_deviations(const Accelerator& accelerator, const Workload& workload,
                                               const Schedule& schedule, const Comparison& comparison,
                                               const RunRecord& predicted, const RunRecord& simulated)
{
    Known known;
    const bool model = predicted.source.kind == Source::Kind::model;
    if (model && predicted.source.name == name_of(Estimator::uniform))
        add_assumptions(known, access_differences(accelerator, workload, schedule));
    if (model && simulated.source.kind == Source::Kind::machine)
        add_copies(known, accelerator, scheduled_copies(accelerator, schedule, predicted), simulated);
    std::vector<AccessDeviation> deviations;
    for (const AccessRow& row : comparison.accesses)
        if (without_noise(row.accesses.predicted - row.accesses.simulated, row.accesses) != Accesses{})
            deviations.push_back(access_deviation(row, known, predicted, simulated));
    return deviations;
}

}  // namespace plumbline::validate
