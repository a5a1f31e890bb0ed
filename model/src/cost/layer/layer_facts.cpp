// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/layer_facts.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "cost/layer/port_number.hpp"
#include "description/map_edges.hpp"

namespace plumbline::detail {
namespace {

using SpatialLevels = std::array<std::vector<SpatialLoop>, kMaxArrayLevels>;

/// Splits the loops of a sliding axis into what they add in data (relevant part) and in reuse (irrelevant part).
/// ZigZag decouples partially relevant loops this way.
class AxisSplit {
public:
    explicit AxisSplit(const SlidingAxis& axis) : axis_{axis} {}

    bool covers(LoopDim dim) const { return dim == axis_.position || dim == axis_.window; }

    struct Factors {
        double data;
        double reuse;
    };

    Factors add(const SpatialLoop& loop)
    {
        (loop.dim == axis_.position ? positions_ : window_) *= loop.size;
        const double data = truncated_span(axis_, positions_, window_);
        const double reuse = positions_ * window_ / data;
        const Factors factors{data / data_, reuse / reuse_};
        data_ = data;
        reuse_ = reuse;
        return factors;
    }

private:
    const SlidingAxis& axis_;
    double positions_ = 1;
    double window_ = 1;
    double data_ = 1;
    double reuse_ = 1;
};

struct UnrollFactors {
    std::array<double, kMaxArrayLevels> data;
    std::array<double, kMaxArrayLevels> all;
};

UnrollFactors unroll_factors(const OperandFacts& facts, const SpatialLevels& spatial)
{
    UnrollFactors factors;
    factors.data.fill(1);
    factors.all.fill(1);
    std::vector<AxisSplit> axes(facts.operand->sliding.begin(), facts.operand->sliding.end());
    for (std::size_t level = 0; level <= facts.levels; ++level) {
        for (const SpatialLoop& loop : spatial[level]) {
            const auto axis =
                std::find_if(axes.begin(), axes.end(), [&](const AxisSplit& a) { return a.covers(loop.dim); });
            if (axis != axes.end()) {
                const auto split = axis->add(loop);
                factors.data[level] *= split.data;
                factors.all[level] *= split.data;
                factors.all[level] *= split.reuse;
            } else {
                if (facts.relevant(loop.dim)) factors.data[level] *= loop.size;
                factors.all[level] *= loop.size;
            }
        }
    }
    return factors;
}

double product_from(const std::array<double, kMaxArrayLevels>& values, std::size_t first, std::size_t last)
{
    double product = 1;
    for (std::size_t i = first; i <= last; ++i) product *= values[i];
    return product;
}

/// A share of fractional unrolling in whole ones: DeFiNES truncates, ZigZag v3 rounds (`calc_mem_bw_boost_factor` of 3.8.5).
std::int64_t whole_shares(double shares, bool rereads)
{
    return static_cast<std::int64_t>(rereads ? shares : std::nearbyint(shares));
}

void unroll_data(Unrolled& unrolled, const UnrollFactors& factors, const OperandFacts& facts)
{
    const std::size_t levels = facts.levels;
    for (std::size_t level = 0; level <= levels; ++level)
        unrolled.unique_units[level] = product_from(factors.data, level, levels);
    for (std::size_t level = 0; level < levels; ++level)
        unrolled.boost[level] =
            whole_shares(unrolled.unique_units[level] / unrolled.unique_units[level + 1], facts.rereads);
}

/// Fractional unit counts are rounded; all operands must agree on the number of MACs, so ceiling and floor are tried in
/// turn where rounding makes them differ.
void count_units(LayerFacts& mapped, Unrolled OperandFacts::*which,
                 const std::array<UnrollFactors, kMaxOperands>& factors)
{
    const auto count = [&](double (*rounding)(double)) {
        for (std::size_t i = 0; i < mapped.operands; ++i) {
            OperandFacts& facts = mapped.operand[i];
            for (std::size_t level = 0; level <= facts.levels; ++level)
                (facts.*which).units[level] =
                    static_cast<std::int64_t>(rounding(product_from(factors[i].all, level, facts.levels)));
        }
        const auto macs = [&](std::size_t i) { return (mapped.operand[i].*which).units[0]; };
        for (std::size_t i = 1; i < mapped.operands; ++i)
            if (macs(i) != macs(0)) return false;
        return true;
    };
    if (!count(std::nearbyint) && !count(std::ceil)) count(std::floor);
}

SpatialLevels rounded_up(SpatialLevels spatial)
{
    for (auto& level : spatial)
        for (SpatialLoop& loop : level) loop.size = static_cast<double>(whole_lanes(loop));
    return spatial;
}

void unroll(LayerFacts& mapped)
{
    std::array<UnrollFactors, kMaxOperands> average;
    std::array<UnrollFactors, kMaxOperands> lanes;
    for (std::size_t i = 0; i < mapped.operands; ++i) {
        OperandFacts& facts = mapped.operand[i];
        average[i] = unroll_factors(facts, facts.spatial);
        lanes[i] = unroll_factors(facts, rounded_up(facts.spatial));
        unroll_data(facts.average, average[i], facts);
        unroll_data(facts.lanes, lanes[i], facts);
    }
    count_units(mapped, &OperandFacts::average, average);
    count_units(mapped, &OperandFacts::lanes, lanes);
}

LevelFacts make_level(const Accelerator& accelerator, MemoryId id, MemoryOperand operand)
{
    const Memory& memory = accelerator.memory(id);
    LevelFacts level;
    level.memory = id;
    level.size = level.free = memory.size;
    level.read_energy = memory.read_energy.count();
    level.write_energy = memory.write_energy.count();
    for (Direction d : kAllDirections) {
        const auto port = memory.service(operand)->port[d];
        level.port[d] = port ? port_number(accelerator, id, *port) : kNoPort;
        level.width[d] = port ? memory.ports[*port].width.count() : 0;
        level.granule[d] = port ? memory.ports[*port].granule.count() : 0;
    }
    return level;
}

OperandFacts make_operand(const Accelerator& accelerator, const Layer& layer, const OperandMapping& mapping,
                          std::size_t index)
{
    OperandFacts facts;
    facts.output = index == 0;
    facts.operand = facts.output ? &layer.output : &layer.inputs[index - 1];
    facts.rereads = accelerator.array().rereads_inputs;
    facts.kept = !facts.output && !facts.rereads;
    facts.memory_operand = mapping.memory_operand;
    facts.levels = mapping.levels.size();
    assert(facts.levels > 0 && facts.levels <= kMaxLevels);
    for (std::size_t i = 0; i < facts.levels; ++i)
        facts.level[i] = make_level(accelerator, mapping.levels[i], mapping.memory_operand);
    facts.padding = mapping.padding;
    std::copy(mapping.spatial.begin(), mapping.spatial.end(), facts.spatial.begin());
    facts.precision = facts.operand->precision.count();
    facts.final_precision = facts.output ? layer.final_precision.count() : facts.precision;
    return facts;
}

void subtract(LayerFacts& mapped, const std::vector<Bits>& held)
{
    for (std::size_t i = 0; i < mapped.operands; ++i) {
        OperandFacts& facts = mapped.operand[i];
        for (std::size_t level = 0; level < facts.levels; ++level)
            if (facts.level[level].memory < held.size()) facts.level[level].free -= held[facts.level[level].memory];
    }
}

}  // namespace

bool OperandFacts::slides(LoopDim dim) const
{
    return std::any_of(operand->sliding.begin(), operand->sliding.end(),
                       [dim](const SlidingAxis& axis) { return axis.position == dim || axis.window == dim; });
}

double upsampled_span(const SlidingAxis& axis, double positions, double window, double all)
{
    // Positions in a row meet an element with the first, and one more in `upsampling` of the others.
    const double further =
        static_cast<double>(axis.stride) * (positions - 1) + static_cast<double>(axis.dilation) * (window - 1);
    return std::min(all, 1 + further / static_cast<double>(axis.upsampling));
}

double truncated_span(const SlidingAxis& axis, double positions, double window)
{
    const std::int64_t common = std::gcd(axis.stride, axis.dilation);
    const double stride = static_cast<double>(axis.stride) / static_cast<double>(common);
    const double dilation = static_cast<double>(axis.dilation) / static_cast<double>(common);
    const double all = std::trunc(positions * window - std::max(0.0, window - stride) * (positions - dilation));
    return axis.upsampling == 1 ? all : upsampled_span(axis, positions, window, all);
}

LayerFacts make_layer_facts(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                            const std::vector<Bits>& held)
{
    LayerFacts mapped;
    mapped.operands = mapping.operands.size();
    assert(mapped.operands <= kMaxOperands);
    for (std::size_t i = 0; i < mapped.operands; ++i)
        mapped.operand[i] = make_operand(accelerator, layer, mapping.operands[i], i);
    mapped.sizes = mapping.sizes;
    for (std::size_t i = 0; i < mapped.operands; ++i)
        mapped.operand[i].between_edges =
            spans_between(*mapped.operand[i].operand, mapping.sizes, mapping.operands[i].padding);
    mapped.macs = volume(mapping.sizes);
    mapped.array_units = accelerator.array().units();
    mapped.mac_energy = accelerator.array().mac_energy.count();
    mapped.ports = port_count(accelerator);
    set_time(mapped, accelerator);
    subtract(mapped, held);
    unroll(mapped);
    return mapped;
}

void set_time(LayerFacts& mapped, const Accelerator& accelerator)
{
    for (std::size_t i = 0; i < mapped.operands; ++i) {
        OperandFacts& facts = mapped.operand[i];
        for (std::size_t level = 0; level < facts.levels; ++level) {
            const Memory& memory = accelerator.memory(facts.level[level].memory);
            facts.level[level].latency = memory.latency;
            facts.level[level].timing = memory.timing;
        }
    }
    mapped.ticks = ticks_of(accelerator);
    mapped.dispatch = accelerator.dispatch().count();
}

}  // namespace plumbline::detail
