// SPDX-License-Identifier: Apache-2.0
// The network: layers as einsum-like equations over loop dimensions, joined into a directed acyclic graph.
//
// An operand is relevant to some loop dimensions, and may slide along others: the input of a convolution covers
// `IX = stride * OX + dilation * FX` columns (partially relevant dimensions in ZigZag's words). Layers name the layers
// that produce their inputs; an input without a producer is the network's input, unless it is constant (weights).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/loops.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// As in the description; any integer.
using LayerId = std::int64_t;

/// A data dimension that two loop dimensions make together: `stride * position + dilation * window`.
struct SlidingAxis {
    std::string name;  ///< "IX" or "IY"
    LoopDim position = LoopDim::ox;
    std::int64_t stride = 1;
    LoopDim window = LoopDim::fx;
    std::int64_t dilation = 1;
};
bool operator==(const SlidingAxis& a, const SlidingAxis& b);

struct Operand {
    std::string name;  ///< "O", "W", "I"; "X", "Y" for an element-wise addition
    DimSet relevant;   ///< dimensions that index it alone
    std::vector<SlidingAxis> sliding;
    Bits precision{};
    bool constant = false;          ///< weights: known before the network runs
    std::optional<LayerId> source;  ///< the producing layer; none for weights and for the network's input
};
bool operator==(const Operand& a, const Operand& b);

struct Layer {
    LayerId id = 0;
    std::string name;
    std::string operator_type;  ///< "Conv", "Pooling", "Add", … as in the description
    LoopSizes sizes = kUnitLoopSizes;
    Operand output;               ///< its `precision` is that of partial sums
    Bits final_precision{};       ///< of finished outputs
    std::vector<Operand> inputs;  ///< in the order of the equation

    std::int64_t macs() const { return volume(sizes); }
};
bool operator==(const Layer& a, const Layer& b);

/// Elements of `operand` in a part of a layer that spans `sizes`. Where windows leave gaps (stride larger than the
/// window) the gaps are not counted.
std::int64_t elements(const Operand& operand, const LoopSizes& sizes);
/// Distinct values of `stride * a + dilation * b` for `a` below `positions`, `b` below `window`.
std::int64_t span(const SlidingAxis& axis, std::int64_t positions, std::int64_t window);
/// Size of `operand` along x (or y): the sliding axis whose position is OX (OY), or that dimension itself.
std::int64_t columns(const Operand& operand, const LoopSizes& sizes);
std::int64_t rows(const Operand& operand, const LoopSizes& sizes);

/// Valid once built: ids and names are unique, sources exist, and there is no cycle.
class Workload {
public:
    /// Sorts the layers topologically, ties in the order given.
    /// \throws InputError naming the layer and the field that is wrong
    Workload(std::string name, std::vector<Layer> layers);

    const std::string& name() const { return name_; }
    /// In topological order.
    const std::vector<Layer>& layers() const { return layers_; }
    const Layer& layer(LayerId id) const;
    const Layer* find(LayerId id) const;
    /// Layers that read the output of `id`, in topological order.
    std::vector<LayerId> consumers(LayerId id) const;
    /// Layers whose output nobody reads.
    std::vector<LayerId> outputs() const;

    friend bool operator==(const Workload& a, const Workload& b);

private:
    std::string name_;
    std::vector<Layer> layers_;
};
bool operator==(const Workload& a, const Workload& b);

}  // namespace plumbline
#pragma GCC visibility pop
