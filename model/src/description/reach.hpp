// SPDX-License-Identifier: Apache-2.0
// How much of a map may anybody ask for?
//
// A layer says how large its output is, but layers behind it may read more than that, and layers before a stack's last one are
// computed as far as its windows reach; maps that end at their edges are no larger than they say. This is the most that any choice of stacks comes to.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "plumbline/workload.hpp"

namespace plumbline {

/// Columns and rows of a map.
struct Pixels {
    std::int64_t columns = 1;
    std::int64_t rows = 1;
};

class Reach {
public:
    /// \param order positions in `layers`, sources first. All sources are among the layers.
    /// \param bounded whether maps end at their edges
    Reach(const std::vector<Layer>& layers, const std::vector<std::size_t>& order, bool bounded);

    /// Of a layer's output; saturates.
    const Pixels& of(LayerId layer) const { return needed_.at(layer); }
    /// Of the network's input; saturates.
    const Pixels& of_input() const { return input_; }

private:
    void ask_sources(const Layer& layer, bool bounded);

    std::map<LayerId, Pixels> needed_;
    Pixels input_;
};

}  // namespace plumbline
