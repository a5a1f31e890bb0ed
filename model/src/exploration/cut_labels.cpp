// SPDX-License-Identifier: Apache-2.0
#include "exploration/cut_labels.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "description/basics/comparable.hpp"

namespace plumbline::detail {
namespace {

struct Label {
    StackCost cost;
    CutGraph::Node from = 0;
    std::size_t label = 0;  ///< of `from`
    CutStep step;
};

bool cheaper(StackCost a, StackCost b)
{
    const double energy = comparable(a.energy);
    const double other = comparable(b.energy);
    return energy != other ? energy < other : a.cycles < b.cycles;
}

bool faster(StackCost a, StackCost b)
{
    return a.cycles != b.cycles ? a.cycles < b.cycles : comparable(a.energy) < comparable(b.energy);
}

/// Stable: of equal ones the first stays.
template <class Priced>
void keep_undominated(std::vector<Priced>& all)
{
    std::stable_sort(all.begin(), all.end(), [](const Priced& a, const Priced& b) { return cheaper(a.cost, b.cost); });
    double fastest = std::numeric_limits<double>::infinity();
    const auto beaten = [&](const Priced& each) {
        if (each.cost.cycles >= fastest) return true;
        fastest = each.cost.cycles;
        return false;
    };
    all.erase(std::remove_if(all.begin(), all.end(), beaten), all.end());
}

void keep_best(std::vector<Label>& all, Keep keep)
{
    if (keep == Keep::undominated) {
        keep_undominated(all);
    } else if (!all.empty()) {
        const auto better = keep == Keep::least_energy ? cheaper : faster;
        const auto first = std::min_element(all.begin(), all.end(),
                                            [&](const Label& a, const Label& b) { return better(a.cost, b.cost); });
        all = {*first};
    }
}

using Labels = std::vector<std::vector<Label>>;

CutPath path_of(const Labels& labels, CutGraph::Node node, std::size_t label)
{
    CutPath path{labels[node][label].cost, {}};
    while (node != 0) {
        const Label& at = labels[node][label];
        path.steps.push_back(at.step);
        node = at.from;
        label = at.label;
    }
    std::reverse(path.steps.begin(), path.steps.end());
    return path;
}

}  // namespace

std::vector<StackOffer> undominated(std::vector<StackOffer> offers)
{
    keep_undominated(offers);
    return offers;
}

std::vector<CutPath> best_paths(const CutGraph& cuts, const StackOffers& offers, Keep keep, const Hopeless& hopeless)
{
    const CutGraph::Graph& graph = cuts.graph();
    Labels labels(boost::num_vertices(graph));
    labels[cuts.begin()].emplace_back();
    for (CutGraph::Node node = 1; node < labels.size(); ++node) {
        std::vector<Label>& here = labels[node];
        for (auto [edge, end] = boost::in_edges(node, graph); edge != end; ++edge) {
            const std::size_t stack = graph[*edge].stack;
            const CutGraph::Node from = boost::source(*edge, graph);
            for (std::size_t label = 0; label < labels[from].size(); ++label)
                for (const StackOffer& offer : offers[stack]) {
                    const StackCost cost = labels[from][label].cost + offer.cost;
                    if (!hopeless || !hopeless(node, cost)) here.push_back({cost, from, label, {stack, offer.choice}});
                }
        }
        keep_best(here, keep);
    }
    std::vector<CutPath> paths;
    for (std::size_t label = 0; label < labels[cuts.end()].size(); ++label)
        paths.push_back(path_of(labels, cuts.end(), label));
    return paths;
}

CutDistances cut_distances(const CutGraph& cuts, const std::vector<double>& lengths)
{
    const CutGraph::Graph& graph = cuts.graph();
    const auto length = boost::make_function_property_map<CutGraph::Edge, double>(
        [&](const CutGraph::Edge& edge) { return lengths[graph[edge].stack]; });
    CutDistances distances{std::vector<double>(boost::num_vertices(graph)),
                           std::vector<double>(boost::num_vertices(graph))};
    const auto index = boost::get(boost::vertex_index, graph);
    boost::dag_shortest_paths(
        graph, cuts.begin(),
        boost::weight_map(length).distance_map(boost::make_iterator_property_map(distances.from_begin.begin(), index)));
    const auto back = boost::make_reverse_graph(graph);
    using BackEdge = boost::graph_traits<decltype(back)>::edge_descriptor;
    const auto back_length = boost::make_function_property_map<BackEdge, double>(
        [&](const BackEdge& edge) { return lengths[boost::get(&CutEdge::stack, back, edge)]; });
    boost::dag_shortest_paths(back, cuts.end(),
                              boost::weight_map(back_length)
                                  .distance_map(boost::make_iterator_property_map(distances.to_end.begin(), index)));
    return distances;
}

}  // namespace plumbline::detail
