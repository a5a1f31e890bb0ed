// SPDX-License-Identifier: Apache-2.0
// For the sake of what something happens in the machine: a layer's computation, or the copies before it.
#pragma once

#include <optional>

#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What moved for the sake of what: a layer's computation, or the copies before it.
struct Activity {
    /// Kinds of steps.
    enum class Kind : std::uint8_t {
        compute,  ///< a layer on a tile, with the transfers of its operands
        copy,     ///< of feature maps between memories, before a layer
    };
    Kind kind = Kind::compute;     ///< that of the step
    std::optional<LayerId> layer;  ///< computed; or before which a copy runs (none: the copy fetches the stack's input)
    /// Of the same kind, for the sake of the same layer.
    friend bool operator==(const Activity& a, const Activity& b) { return a.kind == b.kind && a.layer == b.layer; }
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
