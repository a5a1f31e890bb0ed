// SPDX-License-Identifier: Apache-2.0
// How far the blocks of one operand have come between two neighbouring memory levels, while a layer is computed.
//
// Movers advance it, and they and the MAC array wait for it: nobody else decides who may go on when.
#pragma once

#include <string>

#include "compiler/layer_program.hpp"
#include "machine/progress_counter.hpp"

namespace plumbline::sim {

struct Link {
    Link(const std::string& name, const Clock& clock)
        : filled{(name + "_filled").c_str(), clock},
          drained{(name + "_drained").c_str(), clock}
    {}

    const LinkProgram* program = nullptr;  ///< none: this layer does not use the upper level
    Link* above = nullptr;                 ///< towards off-chip memory; none at the ends of the hierarchy
    Link* below = nullptr;
    ProgressCounter filled;   ///< visits whose block is there
    ProgressCounter drained;  ///< visits whose block has left

    bool in_use() const { return program != nullptr; }
    /// Forgets the last layer.
    void prepare(const LinkProgram* next)
    {
        program = next;
        filled.reset(0);
        drained.reset(0);
    }
};

}  // namespace plumbline::sim
