// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/expansions.hpp"

#include <algorithm>
#include <numeric>

#include "onnx/graph/graph_passes.hpp"
#include "onnx/graph/operators.hpp"

namespace plumbline::io {
namespace {

/// Whether a map is as large as another but for axes of one position, of which the other has more.
bool is_repeated_by_axes(const Shape& map, const Shape& made)
{
    if (map.size() > made.size()) return false;
    return std::equal(map.rbegin(), map.rend(), made.rbegin(),
                      [](std::int64_t before, std::int64_t behind) { return before == 1 || before == behind; });
}

/// What element-wise nodes make of two maps.
Shape joint_shape(const Shape& a, const Shape& b)
{
    Shape joint = a.size() < b.size() ? b : a;
    const Shape& other = a.size() < b.size() ? a : b;
    for (std::size_t i = 1; i <= other.size(); ++i)
        joint[joint.size() - i] = std::max(joint[joint.size() - i], other[other.size() - i]);
    return joint;
}

class Bypass {
public:
    explicit Bypass(Graph& graph) : graph_{graph}, origin_(graph.tensors.size(), kNoTensor), root_(graph.tensors.size())
    {
        std::iota(root_.begin(), root_.end(), TensorIndex{0});
    }

    void run()
    {
        for (Node& node : graph_.nodes) {
            const Kind kind = kind_of(node.type);
            if (kind == Kind::expansion) note(node);
            if (kind == Kind::fused) root_[node.outputs[0]] = root_[node.inputs[0]];
            if (kind != Kind::elementwise) continue;
            for (std::size_t i = 0; i < node.inputs.size(); ++i) redirect(node, i);
        }
    }

private:
    const Shape& shape(TensorIndex tensor) const { return *graph_.tensors[tensor].shape; }

    void note(const Node& node)
    {
        const TensorIndex read = node.inputs[0];
        if (graph_.tensors[read].constant || !is_repeated_by_axes(shape(read), shape(node.outputs[0]))) return;
        origin_[node.outputs[0]] = origin_[read] == kNoTensor ? read : origin_[read];
    }

    /// Of two inputs that are one map but for what is free (SiLU), nothing is joined.
    bool is_read_twice(const Node& node, std::size_t input) const
    {
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            if (i != input && node.inputs[i] != kNoTensor && root_[node.inputs[i]] == root_[node.inputs[input]])
                return true;
        return false;
    }

    void redirect(Node& node, std::size_t input)
    {
        const TensorIndex read = node.inputs[input];
        if (read == kNoTensor || origin_[read] == kNoTensor || is_read_twice(node, input)) return;
        // The slope of PRelu is repeated, its map is not.
        if (node.type == "PRelu" && input == 0) return;
        Shape left = shape(origin_[read]);
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            if (i != input && node.inputs[i] != kNoTensor && graph_.tensors[node.inputs[i]].shape)
                left = joint_shape(left, shape(node.inputs[i]));
        if (left == shape(node.outputs[0])) node.inputs[input] = origin_[read];
    }

    Graph& graph_;
    std::vector<TensorIndex> origin_;  ///< what an expansion repeats, of its output
    std::vector<TensorIndex> root_;    ///< the same map before what is free
};

}  // namespace

void bypass_expansions(Graph& graph)
{
    Bypass{graph}.run();
    prune(graph);
}

}  // namespace plumbline::io
