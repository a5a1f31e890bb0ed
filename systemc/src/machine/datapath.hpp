// SPDX-License-Identifier: Apache-2.0
// What the sequencer commands: the memories of a machine, the links between their levels, what moves data along the
// links, and the MAC array.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "machine/copier.hpp"
#include "machine/link.hpp"
#include "machine/mac_array.hpp"
#include "machine/memory.hpp"
#include "machine/mover.hpp"
#include "plumbline/sim/machine.hpp"
#include "tlm/crossbar.hpp"

namespace plumbline::sim {

struct Datapath {
    std::vector<std::unique_ptr<Memory>> memories;
    std::unique_ptr<MacArray> mac_array;
    std::array<std::vector<std::unique_ptr<Link>>, kStreams> links;  ///< per stream, lowest first
    std::array<std::vector<std::unique_ptr<Mover>>, kStreams> fillers;
    std::vector<std::unique_ptr<Mover>> drainers;  ///< of outputs
    std::vector<std::unique_ptr<Copier>> copiers;

    /// Whatever moves data stops where it is and waits for its next command.
    void abandon();
};

/// What the modules of a datapath are built with and bound to; all must outlive it.
struct DatapathSite {
    const plumbline::Accelerator& accelerator;
    MachineContext& context;
    Crossbar& crossbar;
    OffChipPort& off_chip;
    const Binder& bind;
};

/// During elaboration, in the module that is being constructed. Requesters are numbered in the order of building.
/// \param copiers copies that may run at the same time
Datapath build_datapath(const DatapathSite& site, std::size_t copiers);

}  // namespace plumbline::sim
