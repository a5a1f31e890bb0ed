// SPDX-License-Identifier: Apache-2.0
#include "exploration/cut_graph.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string>

#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

/// Which layers, by their place in the workload.
using LayerSet = std::vector<bool>;

struct Relations {
    std::vector<LayerSet> makers;                     ///< of each layer: itself and all that it is made of
    std::vector<std::vector<std::size_t>> consumers;  ///< of each layer
};

Relations relations_of(const Workload& workload)
{
    const auto& layers = workload.layers();
    std::map<LayerId, std::size_t> place;
    Relations relations{{}, std::vector<std::vector<std::size_t>>(layers.size())};
    for (const Layer& layer : layers) {
        const std::size_t here = place.size();
        LayerSet makers(layers.size(), false);
        makers[here] = true;
        for (const Operand& input : layer.inputs) {
            if (!input.source) continue;
            const std::size_t source = place.at(*input.source);
            for (std::size_t i = 0; i < here; ++i) makers[i] = makers[i] || relations.makers[source][i];
            relations.consumers[source].push_back(here);
        }
        relations.makers.push_back(std::move(makers));
        place[layer.id] = here;
    }
    return relations;
}

/// What is left to do for the output of a layer, if that is a stack.
std::optional<LayerSet> stack_to(std::size_t output, const LayerSet& done, const Relations& relations)
{
    LayerSet stack = relations.makers[output];
    for (std::size_t i = 0; i < stack.size(); ++i) stack[i] = stack[i] && !done[i];
    for (std::size_t i = 0; i < stack.size(); ++i) {
        if (!stack[i] || i == output) continue;
        for (const std::size_t reader : relations.consumers[i])
            if (!stack[reader]) return std::nullopt;
    }
    return stack;
}

struct FoundEdge {
    std::size_t from;
    std::size_t to;
    std::size_t stack;
};

class Cutting {
public:
    Cutting(const Workload& workload, std::size_t most)
        : workload_{workload},
          relations_{relations_of(workload)},
          most_{most}
    {
        const LayerSet nothing(workload.layers().size(), false);
        known_[nothing] = 0;
        nodes_.push_back(nothing);
        for (std::size_t node = 0; node < nodes_.size(); ++node) go_on(node);
    }

    /// By how much is done: edges lead to where more is.
    CutGraph::Graph graph() const
    {
        std::vector<std::size_t> order(nodes_.size());
        std::iota(order.begin(), order.end(), 0U);
        const auto done = [this](std::size_t node) {
            return std::count(nodes_[node].begin(), nodes_[node].end(), true);
        };
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return done(a) < done(b); });
        std::vector<std::size_t> place(nodes_.size());
        for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
        CutGraph::Graph graph(nodes_.size());
        for (const FoundEdge& each : edges_)
            boost::add_edge(place[each.from], place[each.to], CutEdge{each.stack}, graph);
        return graph;
    }

    std::vector<std::vector<LayerId>> stacks() const { return layers_; }

private:
    void go_on(std::size_t node)
    {
        for (std::size_t output = 0; output < relations_.makers.size(); ++output) {
            const LayerSet done = nodes_[node];
            if (done[output]) continue;
            const auto stack = stack_to(output, done, relations_);
            if (!stack) continue;
            LayerSet next = done;
            for (std::size_t i = 0; i < next.size(); ++i) next[i] = next[i] || (*stack)[i];
            edges_.push_back({node, node_of(next), number_of(*stack)});
        }
    }

    std::size_t node_of(const LayerSet& done)
    {
        const auto [entry, added] = known_.try_emplace(done, nodes_.size());
        if (added) nodes_.push_back(done);
        if (nodes_.size() > most_)
            throw InputError("workload", "its branches can be ordered in more than " + std::to_string(most_) +
                                             " ways, more than can be compared");
        return entry->second;
    }

    std::size_t number_of(const LayerSet& stack)
    {
        const auto [entry, added] = numbers_.try_emplace(stack, layers_.size());
        if (added) {
            layers_.emplace_back();
            for (std::size_t i = 0; i < stack.size(); ++i)
                if (stack[i]) layers_.back().push_back(workload_.layers()[i].id);
        }
        return entry->second;
    }

    const Workload& workload_;
    Relations relations_;
    std::size_t most_;
    std::vector<LayerSet> nodes_;
    std::map<LayerSet, std::size_t> known_;
    std::vector<FoundEdge> edges_;
    std::map<LayerSet, std::size_t> numbers_;
    std::vector<std::vector<LayerId>> layers_;
};

}  // namespace

CutGraph::CutGraph(const Workload& workload, std::size_t most)
{
    const Cutting cutting{workload, most};
    graph_ = cutting.graph();
    stacks_ = cutting.stacks();
}

}  // namespace plumbline::detail
