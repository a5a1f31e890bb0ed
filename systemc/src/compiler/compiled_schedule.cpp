// SPDX-License-Identifier: Apache-2.0
#include "compiler/compiled_schedule.hpp"

#include <algorithm>

namespace plumbline::sim {

std::int64_t CompiledSchedule::tiles() const
{
    std::size_t sum = 0;
    for (const StackProgram& stack : stacks) sum += stack.tiles.size();
    return static_cast<std::int64_t>(sum);
}

std::size_t CompiledSchedule::most_copies() const
{
    std::size_t most = 0;
    for (const StackProgram& stack : stacks) {
        for (const TileProgram& tile : stack.classes) {
            for (const auto& step : tile.steps) {
                if (const auto* copy = std::get_if<CopyProgram>(&step)) most = std::max(most, copy->copies.size());
            }
        }
    }
    return most;
}

std::vector<Bits> CompiledSchedule::peak_held() const
{
    std::vector<Bits> peak;
    for (const StackProgram& stack : stacks) {
        for (const TileProgram& tile : stack.classes) {
            for (const auto& step : tile.steps) {
                const StepOccupancy& held = std::visit(
                    [](const auto& each) -> const auto& { return each.held; }, step);
                peak.resize(held.during.size());
                for (std::size_t i = 0; i < peak.size(); ++i) peak[i] = std::max(peak[i], held.during[i]);
            }
        }
    }
    return peak;
}

}  // namespace plumbline::sim
