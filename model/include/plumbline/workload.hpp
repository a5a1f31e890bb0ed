// SPDX-License-Identifier: Apache-2.0
// The network: layers as einsum-like equations over loop dimensions, joined into a directed acyclic graph.
//
// An operand is relevant to some loop dimensions, and may slide along others: the input of a convolution covers
// `IX = stride * OX + dilation * FX` columns (partially relevant dimensions in ZigZag's words). Layers name the layers
// that produce their inputs; an input without a producer is an input of the network, unless it is constant (weights).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plumbline/loops.hpp"
#include "plumbline/operation.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// As in the description; any integer.
using LayerId = std::int64_t;

/// A data dimension that two loop dimensions make together: `stride * position + dilation * window`. Where the map is up-sampled,
/// that is a position, and the element `position / upsampling`, rounded down, lies there.
struct SlidingAxis {
    std::string name;                 ///< "IX" or "IY"
    LoopDim position = LoopDim::ox;   ///< along which the window slides
    std::int64_t stride = 1;          ///< elements from one window to the next, at least 1
    LoopDim window = LoopDim::fx;     ///< within the window
    std::int64_t dilation = 1;        ///< elements from one tap of the window to the next, at least 1
    std::int64_t padding_before = 0;  ///< zeros that windows find before the first element
    std::int64_t padding_behind = 0;  ///< the same behind the last element
    /// Elements that the map has, where the description says so: windows begin at its padding and end at its edges. None:
    /// as DeFiNES has it, as many as windows read.
    std::optional<std::int64_t> size = {};
    /// Times that each element is repeated before windows slide over it (nearest neighbour): stride, dilation and padding
    /// count positions of the repeated map. At least 1, and 1 but along rows and columns of maps that have edges.
    std::int64_t upsampling = 1;
    /// Positions that lie in one element of the map that is stored, as channels of it (depth to space): position `p` of channel `c`
    /// is element `p / n`, rounded down, and there channel `n * c + p % n`; where rows and columns both lie so, those of columns
    /// are counted first. `size` counts positions. At least 1, and 1 but along rows and columns of maps that have edges.
    std::int64_t depth_to_space = 1;
    /// Of these, how many in the first element lie before position 0 and are no part of the map, as those of the last element that lie
    /// behind `size` are none. Less than `depth_to_space`.
    std::int64_t depth_offset = 0;
};
/// All fields equal.
bool operator==(const SlidingAxis& a, const SlidingAxis& b);

/// What a layer reads or makes: an array over loop dimensions.
struct Operand {
    std::string name;                  ///< "O", "W", "I"; "X", "Y" for an element-wise addition
    DimSet relevant;                   ///< dimensions that index it alone
    std::vector<SlidingAxis> sliding;  ///< dimensions that index it in pairs
    Bits precision{};                  ///< of one element; 0 where it has no values (the weights of pooling)
    bool constant = false;             ///< weights: known before the network runs
    std::optional<LayerId> source;     ///< the producing layer; none for weights and for inputs of the network
};
/// All fields equal.
bool operator==(const Operand& a, const Operand& b);

/// One operator of the network: an equation over loop dimensions with their sizes.
struct Layer {
    LayerId id = 0;             ///< as in the description, unique in a workload
    std::string name;           ///< unique in a workload
    std::string operator_type;  ///< "Conv", "Pooling", "Add", … as in the description: finds a mapping rule
    Operation operation = Operation::convolution;  ///< what it computes; the cost does not depend on it
    LoopSizes sizes = kUnitLoopSizes;              ///< iterations along each loop dimension
    Operand output;                                ///< its `precision` is that of partial sums
    Bits final_precision{};                        ///< of one element of the finished output
    std::vector<Operand> inputs;                   ///< in the order of the equation

    /// Multiply-accumulate operations, or what the array does in their place: the product of the sizes.
    std::int64_t macs() const { return volume(sizes); }
};
/// All fields equal.
bool operator==(const Layer& a, const Layer& b);

/// The operand that holds weights: the first constant one. Null where there is none.
const Operand* weights_of(const Layer& layer);

/// What operator type and operands say that a layer computes, for descriptions that say no more: "MaxPool",
/// "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "Gemm", "MatMul", "DepthwiseConv", "ConvTranspose", "Add" and "Concat" (without weights)
/// are what their names say. "Pooling", and a product with weights of no bits, is average pooling where the output is
/// one pixel and maximum pooling elsewhere. Other layers of one map and weights are convolutions, depthwise where
/// weights are indexed by G and not by C. The rest is `other`.
Operation implied_operation(const Layer& layer);

/// Elements of `operand` in a part of a layer that spans `sizes`. Where windows leave gaps (stride larger than the
/// window) the gaps are not counted.
std::int64_t elements(const Operand& operand, const LoopSizes& sizes);
/// Distinct values of `stride * a + dilation * b` for `a` below `positions`, `b` below `window`.
std::int64_t span(const SlidingAxis& axis, std::int64_t positions, std::int64_t window);
/// Elements of `operand` along x: of the sliding axis whose position is OX, or of OX itself. 1 where neither indexes it.
std::int64_t columns(const Operand& operand, const LoopSizes& sizes);
/// Elements of `operand` along y: of the sliding axis whose position is OY, or of OY itself. 1 where neither indexes it.
std::int64_t rows(const Operand& operand, const LoopSizes& sizes);
/// Positions of an operand's rows and columns that lie in one element of the map that is stored, as channels of it. 1 for most.
std::int64_t positions_in_depth(const Operand& operand);

/// An input of a layer that no layer makes and that is not constant. Each is a tensor of its own.
struct NetworkInput {
    LayerId layer = 0;      ///< that reads it
    std::size_t input = 0;  ///< index in the inputs of the layer
    /// Both fields equal.
    friend bool operator==(NetworkInput a, NetworkInput b) { return a.layer == b.layer && a.input == b.input; }
};

/// Valid once built: ids and names are unique, sources exist, and there is no cycle.
class Workload {
public:
    /// Sorts the layers topologically, ties in the order given. Where an axis of rows or columns has a size, padding or
    /// up-sampling, the sizes of all others are filled in: those that their sources make, or that are read.
    /// \throws InputError naming the layer and the field that is wrong
    Workload(std::string name, std::vector<Layer> layers);

    /// As given; what a schedule for it names.
    const std::string& name() const { return name_; }
    /// In topological order.
    const std::vector<Layer>& layers() const { return layers_; }
    /// \throws InputError where there is none
    const Layer& layer(LayerId id) const;
    /// Null where there is none.
    const Layer* find(LayerId id) const;
    /// Layers that read the output of `id`, in topological order.
    std::vector<LayerId> consumers(LayerId id) const;
    /// Layers whose output nobody reads, in topological order.
    std::vector<LayerId> outputs() const;
    /// The network's inputs: layers in topological order, their inputs in the order of the equation.
    const std::vector<NetworkInput>& inputs() const { return inputs_; }
    /// Whether maps end at their edges: then all sliding axes of rows and columns have a `size`, and what windows find beyond
    /// is padding. Otherwise maps are as large as they are read, as DeFiNES has it.
    bool bounded() const { return bounded_; }

    /// Equal names and layers.
    friend bool operator==(const Workload& a, const Workload& b);

private:
    /// Once the layers are in order.
    void make_index();

    std::string name_;
    std::vector<Layer> layers_;
    bool bounded_ = false;
    std::vector<std::pair<LayerId, std::size_t>> places_;  // by id, in the list of layers
    std::vector<std::vector<LayerId>> consumers_;          // of each layer
    std::vector<NetworkInput> inputs_;
};
/// Equal names and layers.
bool operator==(const Workload& a, const Workload& b);

}  // namespace plumbline
#pragma GCC visibility pop
