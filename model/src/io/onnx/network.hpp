// SPDX-License-Identifier: Apache-2.0
// The layers that come of a graph, while they are made.
//
// A tensor that is computed is a feature: the output of a layer, or an input of the network, seen through views and whatever is
// free. Each kind of operator (convolution, product, …) has a function that reads the features of a node's inputs, may add a layer,
// and says what the node's output is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "onnx/graph/graph.hpp"
#include "onnx/layout.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::io {

/// Zeros before and behind a map along an axis; below 0 where so many positions of the map are cut off.
using Padding = std::pair<std::int64_t, std::int64_t>;

/// Every `step`-th position of an axis from `first` on, `size` of them.
struct Steps {
    std::int64_t step = 1;
    std::int64_t first = 0;
    std::int64_t size = 0;
};
bool operator==(const Steps& a, const Steps& b);

struct Feature {
    std::optional<LayerId> layer;  ///< that makes it; none for inputs of the network
    TensorIndex origin = 0;        ///< the output of that layer, or the input
    Layout layout;
    Bits bits{};                       ///< of one element
    std::vector<Padding> padding;      ///< of each axis, that a node added; empty: none
    const Node* changed_by = nullptr;  ///< the last node that padded, cut or repeated it
    /// How often each position of an axis is there, one beside the other, before it is padded and cut; empty: once.
    std::vector<std::int64_t> repeated = {};
    /// Of each axis whose positions lie among channels, those of its first and its last pixel that are no part of the map; empty: none.
    std::vector<Padding> trimmed = {};
    std::vector<Steps> steps =
        {};  ///< of each axis, where positions between are left out; with a step of 1: none. Empty: of no axis

    bool padded() const;
    bool cut() const;
    bool is_repeated() const;
    bool is_stepped() const;
    bool is_stepped(std::size_t axis) const { return !steps.empty() && steps[axis].step > 1; }
    std::int64_t times(std::size_t axis) const { return repeated.empty() ? 1 : repeated[axis]; }
    /// Along an axis, with what is repeated, padded and cut.
    std::int64_t size(std::size_t axis) const;
    /// The same before it is padded and cut.
    std::int64_t positions(std::size_t axis) const;
};

/// Whether two are the same values in the same places, but for what is free.
bool same_map(const Feature& a, const Feature& b);

class Network {
public:
    Network(const Graph& graph, const OnnxOptions& options);

    const Graph& graph() const { return graph_; }
    const OnnxOptions& options() const { return options_; }
    OpenRoles& roles() { return roles_; }

    bool is_computed(const Node& node, std::size_t input) const;
    /// \pre inference \throws InputError where the input is left out
    const Shape& shape(const Node& node, std::size_t input) const;
    const Shape& output_shape(const Node& node) const { return *graph_.tensors[node.outputs[0]].shape; }
    const Tensor& tensor(const Node& node, std::size_t input) const;
    /// What a node reads; what is padded or cut is for those that ask for it. \throws InputError where the input is constant
    const Feature& changed_feature(const Node& node, std::size_t input) const;
    /// The same as a map of its own, which a layer makes where a part of another is read, or one that is repeated, trimmed or stepped. \throws InputError where it is padded
    const Feature& feature(const Node& node, std::size_t input);
    /// As `feature`, where positions between are left out; else as `changed_feature`.
    const Feature& without_steps(const Node& node, std::size_t input);
    /// Where a node slides windows over a map whose rows, columns and channels are parts of others, a layer copies it so that they are whole.
    void make_map(const Node& node, std::size_t input);
    /// Where a node reads channels that are shuffled along an axis, a layer copies them into their order, for all readers to come.
    void order_channels(const Node& node, std::size_t input, std::size_t axis);
    /// Where rows or columns lie among channels, a layer copies them out, for all readers to come; the map that it makes. Others, and
    /// padded ones, are as `changed_feature` has them.
    const Feature& out_of_depth(const Node& node, std::size_t input);
    /// The same values in another order, as a map with these axes: a layer copies all of them into one pixel, where readers find rows and columns
    /// among channels. The same one for the same axes. \pre neither padded, cut nor repeated
    Feature relaid(const Node& node, const Feature& map, const Layout& layout);
    /// Where a node cuts an axis that is a part of rows or columns, or both, a layer copies the map so that it is all of one.
    void lay_out(const Node& node, std::size_t input, std::size_t axis);
    /// A constant that is read as an input of the network is: its values come from off chip.
    /// \param like axes that it lies on, the last on the last: where both have a size, they mean the same
    Feature constant_map(const Node& node, std::size_t input, const Layout& like);
    /// What was cut out of a map or repeated, as a map of its own; the same one for the same part. \pre not padded
    Feature copy_of(const Feature& cut);
    /// What a layer that was added makes of a node's output. \pre add()
    const Feature& made(const Node& node) const { return *features_[node.outputs[0]]; }
    void set_output(const Node& node, Feature feature);
    /// Rows of a constant table that a computed input picks: they come from off chip, as an input of the network does.
    void set_table_rows(const Node& node);
    void set_output(const Node& node, std::size_t output, Feature feature);

    /// An operand that reads a feature. Its precision is that of what its source makes, once all layers are there.
    Operand operand(const std::string& name, const Feature& feature);
    /// A layer called like its node, with an id; the rest is for the caller.
    Layer new_layer(const Node& node, const std::string& operator_type) const;
    /// \param layout of its output, which becomes the output of the node
    void add(const Node& node, Layer layer, Layout layout);
    /// The same of a layer whose type does not imply what it computes.
    void add(const Node& node, Layer layer, Layout layout, Operation operation);
    /// A layer that makes no output of a node, but what other layers read.
    Feature add_between(const Node& node, Layer layer, Layout layout, Bits bits);

    /// All layers, with the precisions that readers ask for. \throws InputError
    std::vector<Layer> finished();
    /// In errors: of the layer with an id.
    const std::string& place_of(LayerId id) const { return places_[static_cast<std::size_t>(id)]; }

private:
    /// Of which nobody has said yet what its axes are.
    Feature input_map(TensorIndex index, Bits bits);
    void note_read(const Feature& feature);
    void push(const Node& node, Layer layer, Operation operation);
    /// Rows and columns of maps that have been put into one pixel.
    void find_in_pixels(Layer& layer) const;

    /// What the only pixel of a layer's output holds as channels.
    struct PixelHolds {
        std::int64_t rows = 1;
        std::int64_t columns = 1;
    };

    const Graph& graph_;
    const OnnxOptions& options_;
    OpenRoles roles_;
    std::vector<std::optional<Feature>> features_;  ///< of each tensor
    std::vector<Layer> layers_;
    std::vector<Bits> read_as_;  ///< of each layer's output
    std::vector<std::string> places_;
    std::vector<std::pair<Feature, Feature>> copies_;  ///< of parts of maps
    std::vector<PixelHolds> pixels_;                   ///< of each layer
    std::vector<std::pair<Feature, Feature>> relaid_;  ///< with another layout
};

}  // namespace plumbline::io
