// SPDX-License-Identifier: Apache-2.0
// Which weights lie in which memory, when?
//
// The first tile of a stack reads weights from off-chip memory; where later tiles read them from a lower memory, they stay
// there when it has used them. Off-chip memory holds those of the whole network, always.
#pragma once

#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::sim {

/// Of one layer, from the second tile on.
struct ResidentWeights {
    LayerId layer = 0;
    std::string operand;
    MemoryId memory = 0;
    Bits size{};  ///< in one instance
};

class WeightStore {
public:
    WeightStore(const plumbline::Accelerator& accelerator, const Workload& workload, const Stack& stack);

    /// Weights that are read from a memory to which the first tile does not bring them.
    std::vector<ResidentWeights> absent() const;

    /// What all layers but `running` have in each memory, while a tile of class `tile` stands at `step`.
    std::vector<Bits> held(std::size_t tile, std::size_t step, std::optional<LayerId> running) const;
    /// What a layer's weights have in a memory; nothing where they do not stay there.
    Bits resident(LayerId layer, const std::string& operand, MemoryId memory) const;

private:
    void add(const ComputeStep& step, const Layer& layer);
    bool is_loaded(LayerId layer, std::size_t tile, std::size_t step) const;

    const Stack* stack_;
    MemoryId top_;
    std::size_t memories_;
    std::vector<ResidentWeights> residents_;
};

/// All weights of a network.
Bits weights_of(const Workload& workload);

}  // namespace plumbline::sim
