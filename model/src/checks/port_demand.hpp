// SPDX-License-Identifier: Apache-2.0
// How many bits must a port move each cycle for the array not to wait?
//
// Asked at the memories nearest to the array, whatever the mapping: an output is added to in every iteration; an input is read
// again in every iteration (an array that rereads its inputs) or at best once for all iterations in which it does not change.
#pragma once

#include <string>
#include <vector>

#include "checks/array_use.hpp"

namespace plumbline::detail {

struct PortDemand {
    MemoryId memory = 0;
    PortId port = 0;
    double bits = 0;       ///< per cycle, of one instance, of all operands together
    std::string operands;  ///< "I 256 and O 128 bit"
};

/// Of all ports that feed or drain the array, in the order of memories and ports.
/// \pre the rule links each operand of the layer
std::vector<PortDemand> port_demands(const Accelerator& accelerator, const Layer& layer, const MappingRule& rule,
                                     const ArrayUse& use);

}  // namespace plumbline::detail
