// SPDX-License-Identifier: Apache-2.0
// What each cut of a link costs, and what the cuts still to be made cost at least.

#include <algorithm>
#include <cmath>
#include <map>

#include "mapper/exact/mapping_space.hpp"

namespace plumbline::detail {
namespace {

/// All loops, one for each dimension below a state and one outside of it, where a loop that changes the operand's blocks comes
/// first: energies depend on the iterations of a dimension, not on the factors that they are split into.
struct StateLoops {
    std::array<TemporalLoop, 2 * kLoopDims> loop;
    LoopCut cut;

    StateLoops(const OperandFacts& facts, const LoopSizes& below, const LoopSizes& all)
    {
        for (LoopDim dim : kAllLoopDims) add(dim, below[dim]);
        cut.cut.fill(cut.count);
        cut.cut[0] = 0;
        for (bool irrelevant : {false, true})
            for (LoopDim dim : kAllLoopDims)
                if (facts.irrelevant(dim) == irrelevant) add(dim, all[dim] / below[dim]);
        cut.cut[facts.levels] = cut.count;
        cut.loops = loop.data();
    }
    StateLoops(const StateLoops&) = delete;
    StateLoops& operator=(const StateLoops&) = delete;

private:
    void add(LoopDim dim, std::int64_t size)
    {
        if (size > 1) loop[cut.count++] = {dim, size};
    }
};

double energy_at(const LevelFacts& level, const PerDirection<double>& words,
                 std::initializer_list<Direction> directions)
{
    double energy = 0;
    for (Direction d : directions) energy += words[d] * level.energy(d);
    return energy;
}

double energy_towards_macs(const OperandFacts& facts, const OperandAccesses& words)
{
    return energy_at(facts.level[0], words[0], {Direction::read_down, Direction::write_from_down});
}

/// The least prime factor of a number above 1.
std::int64_t least_factor(std::int64_t number)
{
    std::int64_t factor = 2;
    while (number % factor != 0) factor = factor * factor > number ? number : factor + 1;
    return factor;
}

/// The most that any order of the loops left along an axis saves: loops of the axis alone, since others come in between only
/// where they leave the block in place, and then it comes in fewer rounds. A loop that is no prime saves as much as its factors
/// do side by side.
class MostStaying {
public:
    MostStaying(const CostModel& model, std::size_t operand, std::size_t above, const LoopSizes& block,
                const LoopSizes& all)
        : model_{model},
          operand_{operand},
          above_{above},
          block_{block},
          all_{all}
    {}

    double along(const SlidingAxis& axis)
    {
        known_.clear();
        return from(axis, block_);
    }

private:
    double from(const SlidingAxis& axis, const LoopSizes& steps)
    {
        const auto key = std::pair{steps[axis.position], steps[axis.window]};
        const auto known = known_.find(key);
        if (known != known_.end()) return known->second;
        double most = 0;
        for (LoopDim dim : {axis.position, axis.window})
            for (std::int64_t left = all_[dim] / steps[dim]; left > 1;) {
                const std::int64_t factor = least_factor(left);
                while (left % factor == 0) left /= factor;
                LoopSizes next = steps;
                next[dim] *= factor;
                const double saved = model_.staying_energy(operand_, above_, block_, steps, {dim, factor});
                most = std::max(most, saved + from(axis, next));
            }
        known_[key] = most;
        return most;
    }

    const CostModel& model_;
    std::size_t operand_;
    std::size_t above_;
    const LoopSizes& block_;
    const LoopSizes& all_;
    std::map<std::pair<std::int64_t, std::int64_t>, double> known_;
};

}  // namespace

double MappingSpace::most_staying(std::size_t operand, std::size_t above, LoopState state) const
{
    const LoopSizes& below = loops_.below(state);
    double most = 0;
    for (const SlidingAxis& axis : model_.layer().operand[operand].operand->sliding) {
        const bool both =
            below[axis.position] < loops_.all()[axis.position] && below[axis.window] < loops_.all()[axis.window];
        if (both) most = std::max(most, MostStaying{model_, operand, above, below, loops_.all()}.along(axis));
    }
    return most;
}

/// Of each link, cut at a state. Never where it may not be cut there: of the MACs, once a loop changes what they keep; and where
/// the block alone does not fit.
std::vector<double> MappingSpace::link_energies(std::size_t operand, LoopState state) const
{
    const OperandFacts& facts = model_.layer().operand[operand];
    const OperandSpace& space = operand_[operand];
    const StateLoops loops{facts, loops_.below(state), loops_.all()};
    const OperandAccesses words = model_.moved(operand, loops.cut);
    std::vector<double> energies;
    for (const Link& link : space.links) {
        if (link.above == 0) {
            const bool kept = !loops_change(operand, state);
            energies.push_back(kept ? energy_towards_macs(facts, words) : std::numeric_limits<double>::infinity());
            continue;
        }
        const std::size_t below = link.above - 1;
        const SharedMemory& memory = *memory_[space.levels[below].memory].memory;
        energies.push_back(
            !fits(memory, bits(operand, below, state, operand == 0))
                ? std::numeric_limits<double>::infinity()
                : energy_at(facts.level[below], words[below], {Direction::read_up, Direction::write_from_up}) +
                      energy_at(facts.level[link.above], words[link.above],
                                {Direction::read_down, Direction::write_from_down}));
    }
    return energies;
}

Quanta MappingSpace::quanta(double energy) const { return std::llround(energy / quantum_); }

/// Quanta are small beside the least energy that the layer may have, and large enough for all to be added up.
void MappingSpace::find_energies()
{
    constexpr double kSmall = 0x1p-42;
    constexpr double kLarge = 0x1p-56;
    const LayerFacts& layer = model_.layer();
    double fixed = layer.mac_energy * static_cast<double>(layer.macs);
    double least = 0;
    double most = 0;
    std::array<std::vector<std::vector<double>>, kMaxOperands> energies;
    std::array<std::vector<std::vector<double>>, kMaxOperands> staying;
    for (std::size_t operand = 0; operand < operands(); ++operand) {
        const OperandFacts& facts = layer.operand[operand];
        OperandSpace& space = operand_[operand];
        if (!space.kept)
            fixed +=
                energy_towards_macs(facts, model_.moved(operand, StateLoops{facts, loops_.below(0), loops_.all()}.cut));
        energies[operand].resize(space.links.size());
        staying[operand].resize(space.links.size());
        for (LoopState state = 0; state < loops_.size(); ++state) {
            const std::vector<double> here = link_energies(operand, state);
            for (std::size_t i = 0; i < here.size(); ++i) {
                energies[operand][i].push_back(here[i]);
                if (std::isfinite(here[i])) most = std::max(most, here[i]);
                if (!model_.windows_stay() || operand == 0) continue;
                staying[operand][i].push_back(
                    std::isfinite(here[i]) ? most_staying(operand, space.links[i].above, state) : 0);
            }
        }
        for (const std::vector<double>& each : energies[operand]) {
            const double lowest = *std::min_element(each.begin(), each.end());
            if (std::isfinite(lowest)) least += lowest;
        }
    }
    quantum_ = std::max((fixed + least) * kSmall, std::max(most, fixed) * kLarge);
    if (quantum_ == 0) quantum_ = 1;
    fixed_energy_ = quanta(fixed);
    for (std::size_t operand = 0; operand < operands(); ++operand)
        for (std::size_t i = 0; i < operand_[operand].links.size(); ++i) {
            Link& link = operand_[operand].links[i];
            for (double each : energies[operand][i]) link.energy.push_back(std::isfinite(each) ? quanta(each) : kNever);
            for (double each : staying[operand][i]) link.staying.push_back(quanta(each) + (each > 0 ? 64 : 0));
            const bool any =
                std::any_of(link.staying.begin(), link.staying.end(), [](Quanta each) { return each > 0; });
            if (!any) link.staying.clear();
        }
}

/// From the last state and the last link backwards: the cheaper one of cutting here and of adding a loop first.
void MappingSpace::find_bounds(OperandSpace& space) const
{
    const std::size_t states = loops_.size();
    const std::size_t links = space.links.size();
    space.to_go.assign((links + 1) * states, 0);
    for (std::size_t number = links; number-- > 0;) {
        const Link& link = space.links[number];
        Quanta* const here = space.to_go.data() + number * states;
        const Quanta* const next = here + states;
        for (std::size_t state = states; state-- > 0;) {
            Quanta least = kNever;
            if (link.energy[state] < kNever && next[state] < kNever)
                least = link.energy[state] - (link.staying.empty() ? 0 : link.staying[state]) + next[state];
            for (const LoopStep& step : loops_.steps_from(static_cast<LoopState>(state)))
                least = std::min(least, here[step.to]);
            here[state] = least;
        }
    }
}

}  // namespace plumbline::detail
