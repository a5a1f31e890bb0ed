// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/accelerator_options.hpp"

#include <array>

namespace plumbline::sim {
namespace {

constexpr std::array<AcceleratorFidelity, 3> kFidelities{AcceleratorFidelity::cycle, AcceleratorFidelity::transaction,
                                                         AcceleratorFidelity::analytical};

}  // namespace

std::string_view name_of(AcceleratorFidelity fidelity)
{
    constexpr std::array<std::string_view, kFidelities.size()> kNames{"cycle", "transaction", "analytical"};
    return kNames[static_cast<std::size_t>(fidelity)];
}

std::optional<AcceleratorFidelity> accelerator_fidelity_named(std::string_view name)
{
    for (AcceleratorFidelity fidelity : kFidelities) {
        if (name_of(fidelity) == name) return fidelity;
    }
    return std::nullopt;
}

}  // namespace plumbline::sim
