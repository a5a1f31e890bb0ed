// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/least_energy.hpp"

#include <algorithm>
#include <queue>
#include <unordered_map>

#include "mapper/exact/search_limit.hpp"

namespace plumbline::detail {
namespace {

using LabelId = std::uint32_t;
constexpr LabelId kNoLabel = std::numeric_limits<LabelId>::max();

struct Label {
    PartialMapping mapping;
    LabelId from = kNoLabel;
    Decision decision;
    bool dominated = false;
};

/// A label that waits to be completed. Of equal bounds, the last one that came is taken, since it is nearest to an end.
struct Waiting {
    Quanta bound;
    LabelId label;
    bool operator<(const Waiting& other) const
    {
        return bound != other.bound ? bound > other.bound : label < other.label;
    }
};

/// Labels of one key compare by energy and space.
std::uint64_t key_of(const PartialMapping& mapping)
{
    std::uint64_t key = mapping.state;
    for (std::uint8_t cut : mapping.cut) key = key << 4 | cut;
    return (key << 4 | mapping.overflowing) << 1 | (mapping.final_sums ? 1 : 0);
}

bool dominates(const PartialMapping& a, const PartialMapping& b)
{
    if (a.energy > b.energy || a.runs != b.runs) return false;
    for (std::size_t i = 0; i < a.used.size(); ++i)
        if (a.used[i] > b.used[i]) return false;
    return true;
}

class LabelSearch {
public:
    LabelSearch(const MappingSpace& space, SearchLimit& limit) : space_{space}, limit_{limit} {}

    LeastEnergy run()
    {
        LeastEnergy result;
        for (PartialMapping& mapping : space_.beginnings()) add(std::move(mapping), kNoLabel, {});
        while (!waiting_.empty()) {
            const Waiting next = waiting_.top();
            if (limit_.reached()) {
                result.energy = next.bound;
                return result;
            }
            waiting_.pop();
            if (labels_[next.label].dominated) continue;
            if (space_.complete(labels_[next.label].mapping)) return found(next.label);
            extend(next.label);
        }
        return result;
    }

private:
    void extend(LabelId id)
    {
        const PartialMapping mapping = labels_[id].mapping;
        for (std::size_t operand = 0; operand < space_.operands(); ++operand) {
            if (mapping.cut[operand] == space_.links(operand)) continue;
            PartialMapping next = mapping;
            if (space_.cut(next, operand)) add(std::move(next), id, {true, static_cast<std::uint8_t>(operand), {}});
        }
        for (const LoopStep& step : space_.loops().steps_from(mapping.state)) {
            PartialMapping next = mapping;
            if (space_.add(next, step)) add(std::move(next), id, {false, 0, step.loop});
        }
    }

    void add(PartialMapping&& mapping, LabelId from, const Decision& decision)
    {
        const Quanta bound = space_.bound(mapping);
        if (bound >= kNever) return;
        std::vector<LabelId>& same = known_[key_of(mapping)];
        for (LabelId other : same)
            if (dominates(labels_[other].mapping, mapping)) return;
        const auto worse = [&](LabelId other) {
            if (!dominates(mapping, labels_[other].mapping)) return false;
            labels_[other].dominated = true;
            return true;
        };
        same.erase(std::remove_if(same.begin(), same.end(), worse), same.end());
        const auto id = static_cast<LabelId>(labels_.size());
        same.push_back(id);
        labels_.push_back({std::move(mapping), from, decision});
        waiting_.push({bound, id});
    }

    LeastEnergy found(LabelId last) const
    {
        LeastEnergy result;
        result.found = true;
        result.energy = labels_[last].mapping.energy;
        result.overflowing = labels_[last].mapping.overflowing;
        for (LabelId id = last; labels_[id].from != kNoLabel; id = labels_[id].from)
            result.decisions.push_back(labels_[id].decision);
        std::reverse(result.decisions.begin(), result.decisions.end());
        return result;
    }

    const MappingSpace& space_;
    SearchLimit& limit_;
    std::vector<Label> labels_;
    std::unordered_map<std::uint64_t, std::vector<LabelId>> known_;
    std::priority_queue<Waiting> waiting_;
};

}  // namespace

LeastEnergy least_energy(const MappingSpace& space, SearchLimit& limit) { return LabelSearch{space, limit}.run(); }

}  // namespace plumbline::detail
