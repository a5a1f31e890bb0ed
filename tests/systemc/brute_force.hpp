// SPDX-License-Identifier: Apache-2.0
// Counts what a mapped layer moves the slow way: walks through every iteration and every lane, and keeps sets of
// elements.
//
// It shares no code with the machine and knows no formula: a block is the set of elements that its iterations touch.
#pragma once

#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::brute_force {

struct Moved {
    std::int64_t bits = 0;
    std::int64_t granules = 0;
    friend bool operator==(Moved a, Moved b) { return a.bits == b.bits && a.granules == b.granules; }
};
struct Border {
    MemoryId memory;
    MemoryOperand operand;
    Direction direction;
    friend bool operator<(const Border& a, const Border& b)
    {
        return std::tie(a.memory, a.operand, a.direction) < std::tie(b.memory, b.operand, b.direction);
    }
};
using Totals = std::map<Border, Moved>;

using Index = std::vector<std::int64_t>;
using Holdings = std::map<Index, std::set<Index>>;  // elements per instance

class Counter {
public:
    Counter(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping)
        : accelerator_{accelerator},
          layer_{layer},
          mapping_{mapping}
    {
        for (const auto& level : mapping.operands[0].temporal) loops_.insert(loops_.end(), level.begin(), level.end());
    }

    Totals count()
    {
        count_operand(mapping_.operands[0], layer_.output);
        for (std::size_t i = 0; i < layer_.inputs.size(); ++i) {
            count_operand(mapping_.operands[i + 1], layer_.inputs[i]);
        }
        return totals_;
    }

    std::int64_t macs()
    {
        std::int64_t sum = 0;
        for (std::int64_t i = 0; i < iterations(loops_.size()); ++i) {
            for_each_lane(mapping_.operands[0], i, [&](const Index&, const Index&) { ++sum; });
        }
        return sum;
    }

private:
    std::int64_t iterations(std::size_t loops) const
    {
        std::int64_t product = 1;
        for (std::size_t i = 0; i < loops; ++i) product *= loops_[i].size;
        return product;
    }

    static std::int64_t lanes(const SpatialLoop& loop)
    {
        return static_cast<std::int64_t>(std::ceil(loop.size - 1e-9));
    }

    /// visit(lane per spatial loop in the operand's order, index per dimension) for each lane that is not idle.
    template <class Visit>
    void for_each_lane(const OperandMapping& operand, std::int64_t iteration, Visit visit) const
    {
        std::vector<SpatialLoop> spatial;
        for (const auto& level : operand.spatial) spatial.insert(spatial.end(), level.begin(), level.end());
        std::int64_t all = 1;
        for (const SpatialLoop& loop : spatial) all *= lanes(loop);
        for (std::int64_t flat = 0; flat < all; ++flat) {
            LoopSizes index{};
            LoopSizes weight = kUnitLoopSizes;
            Index lane;
            std::int64_t rest = flat;
            for (const SpatialLoop& loop : spatial) {
                lane.push_back(rest % lanes(loop));
                rest /= lanes(loop);
                index[loop.dim] += lane.back() * weight[loop.dim];
                weight[loop.dim] *= lanes(loop);
            }
            rest = iteration;
            for (const TemporalLoop& loop : loops_) {
                index[loop.dim] += rest % loop.size * weight[loop.dim];
                weight[loop.dim] *= loop.size;
                rest /= loop.size;
            }
            Index point;
            bool idle = false;
            for (LoopDim dim : kAllLoopDims) {
                point.push_back(index[dim]);
                idle = idle || index[dim] >= mapping_.sizes[dim];
            }
            if (!idle) visit(lane, point);
        }
    }

    static Index element(const Operand& operand, const Index& point)
    {
        const auto at = [&](LoopDim dim) { return point[static_cast<std::size_t>(dim)]; };
        Index element;
        for (LoopDim dim : kAllLoopDims) {
            if (operand.relevant.contains(dim)) element.push_back(at(dim));
        }
        for (const SlidingAxis& axis : operand.sliding) {
            element.push_back(axis.stride * at(axis.position) + axis.dilation * at(axis.window));
        }
        return element;
    }

    /// The lanes outside the instances of a level: what tells the instances apart.
    static std::size_t lanes_inside(const OperandMapping& operand, std::size_t level)
    {
        std::size_t loops = 0;
        for (std::size_t i = 0; i <= level; ++i) loops += operand.spatial[i].size();
        return loops;
    }

    Holdings holdings(const OperandMapping& mapping, const Operand& operand, std::int64_t first, std::int64_t count,
                      std::size_t level) const
    {
        Holdings all;
        const auto inside = static_cast<std::ptrdiff_t>(lanes_inside(mapping, level));
        for (std::int64_t i = first; i < first + count; ++i) {
            for_each_lane(mapping, i, [&](const Index& lane, const Index& point) {
                all[Index(lane.begin() + inside, lane.end())].insert(element(operand, point));
            });
        }
        return all;
    }

    void add(MemoryId memory, MemoryOperand operand, Direction direction, const Holdings& holdings, Bits precision)
    {
        Moved& moved = totals_[{memory, operand, direction}];
        const std::int64_t granule = accelerator_.port(memory, operand, direction).granule.count();
        for (const auto& [instance, elements] : holdings) {
            const std::int64_t bits = static_cast<std::int64_t>(elements.size()) * precision.count();
            moved.bits += bits;
            moved.granules += (bits + granule - 1) / granule;
        }
    }

    /// Of instances that hold the same elements, the first.
    static Holdings one_copy(const Holdings& all)
    {
        Holdings some;
        std::set<Index> seen;
        for (const auto& [instance, elements] : all) {
            if (seen.count(*elements.begin()) == 0) some[instance] = elements;
            seen.insert(elements.begin(), elements.end());
        }
        return some;
    }

    static std::set<Index> together(const Holdings& holdings)
    {
        std::set<Index> all;
        for (const auto& [instance, elements] : holdings) all.insert(elements.begin(), elements.end());
        return all;
    }

    void count_operand(const OperandMapping& mapping, const Operand& operand)
    {
        count_mac_array(mapping, operand);
        std::size_t loops = 0;
        for (std::size_t level = 0; level + 1 < mapping.levels.size(); ++level) {
            loops += mapping.temporal[level].size();
            mapping.memory_operand == MemoryOperand::o ? count_output_link(mapping, operand, level, loops)
                                                       : count_input_link(mapping, operand, level, loops);
        }
    }

    void count_mac_array(const OperandMapping& mapping, const Operand& operand)
    {
        const bool output = mapping.memory_operand == MemoryOperand::o;
        const MemoryId memory = mapping.levels[0];
        std::map<Index, std::int64_t> last;
        const std::int64_t count = iterations(loops_.size());
        for (std::int64_t i = 0; i < count; ++i) {
            for (const Index& each : together(holdings(mapping, operand, i, 1, 0))) last[each] = i;
        }
        std::set<Index> begun;
        for (std::int64_t i = 0; i < count; ++i) {
            const Holdings now = holdings(mapping, operand, i, 1, 0);
            if (now.empty()) continue;
            const std::set<Index> elements = together(now);
            if (!output || begun.count(*elements.begin()) > 0) {
                add(memory, mapping.memory_operand, Direction::read_down, now, operand.precision);
            }
            begun.insert(elements.begin(), elements.end());
            if (!output) continue;
            const Bits precision = last[*elements.begin()] == i ? layer_.final_precision : operand.precision;
            add(memory, mapping.memory_operand, Direction::write_from_down, now, precision);
        }
    }

    void count_input_link(const OperandMapping& mapping, const Operand& operand, std::size_t level, std::size_t loops)
    {
        const std::int64_t length = iterations(loops);
        Holdings before;
        for (std::int64_t i = 0; i < iterations(loops_.size()); i += length) {
            const Holdings now = holdings(mapping, operand, i, length, level);
            const bool stays = together(now) == together(before);
            before = now;
            if (stays) continue;
            add(mapping.levels[level], mapping.memory_operand, Direction::write_from_up, now, operand.precision);
            add(mapping.levels[level + 1], mapping.memory_operand, Direction::read_down,
                holdings(mapping, operand, i, length, level + 1), operand.precision);
        }
    }

    void count_output_link(const OperandMapping& mapping, const Operand& operand, std::size_t level, std::size_t loops)
    {
        const std::int64_t length = iterations(loops);
        const std::int64_t count = iterations(loops_.size());
        std::map<std::set<Index>, std::int64_t> last;
        for (std::int64_t i = 0; i < count; i += length) {
            const std::set<Index> block = together(holdings(mapping, operand, i, length, level));
            if (!block.empty()) last[block] = i;
        }
        std::set<std::set<Index>> begun;
        for (std::int64_t i = 0; i < count;) {
            std::int64_t end = i;
            const std::set<Index> block = together(holdings(mapping, operand, i, length, level));
            while (end < count && together(holdings(mapping, operand, end, length, level)) == block) end += length;
            if (!block.empty()) {
                exchange(mapping, operand, level, i, end - i, begun.count(block) > 0, last[block] < end);
                begun.insert(block);
            }
            i = end;
        }
    }

    void exchange(const OperandMapping& mapping, const Operand& operand, std::size_t level, std::int64_t first,
                  std::int64_t count, bool begun, bool complete)
    {
        const Holdings below = holdings(mapping, operand, first, count, level);
        const Holdings above = holdings(mapping, operand, first, count, level + 1);
        const MemoryOperand o = mapping.memory_operand;
        if (begun) {
            add(mapping.levels[level], o, Direction::write_from_up, one_copy(below), operand.precision);
            add(mapping.levels[level + 1], o, Direction::read_down, one_copy(above), operand.precision);
        }
        const Bits precision = complete ? layer_.final_precision : operand.precision;
        add(mapping.levels[level], o, Direction::read_up, below, precision);
        add(mapping.levels[level + 1], o, Direction::write_from_down, above, precision);
    }

    const Accelerator& accelerator_;
    const Layer& layer_;
    const LayerMapping& mapping_;
    std::vector<TemporalLoop> loops_;
    Totals totals_;
};

}  // namespace plumbline::brute_force
