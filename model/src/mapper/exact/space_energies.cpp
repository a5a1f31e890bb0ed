// SPDX-License-Identifier: Apache-2.0
// What each cut of a link costs, and what the cuts still to be made cost at least.

#include <algorithm>
#include <cmath>

#include "mapper/exact/mapping_space.hpp"
#include "mapper/exact/most_staying.hpp"
#include "mapper/exact/other_links.hpp"
#include "mapper/exact/state_loops.hpp"

namespace plumbline::detail {
namespace {

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

}  // namespace

double MappingSpace::most_staying(std::size_t operand, std::size_t above, LoopState state) const
{
    const LoopSizes& block = loops_.below(state);
    const auto saved = [&](const LoopSizes& steps, const TemporalLoop& loop) {
        return model_.staying_energy(operand, above, block, steps, loop);
    };
    return detail::most_staying(*model_.layer().operand[operand].operand, block, loops_.all(), saved);
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

void MappingSpace::find_bounds(OperandSpace& space) const
{
    space.to_go = least_of_other_links(loops_, space.links.size(), kNever, [&](std::size_t number, LoopState state) {
        const Link& link = space.links[number];
        const bool saves = !link.staying.empty() && link.energy[state] < kNever;
        return link.energy[state] - (saves ? link.staying[state] : 0);
    });
}

}  // namespace plumbline::detail
