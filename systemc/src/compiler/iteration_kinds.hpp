// SPDX-License-Identifier: Apache-2.0
// What the MAC array does in an iteration: few kinds of iterations occur in a layer, however many it has.
#pragma once

#include <map>

#include "compiler/link_traffic.hpp"
#include "loop_nest/repeated_rounds.hpp"

namespace plumbline::sim {

struct IterationKind {
    std::int64_t macs = 0;
    std::vector<Access> accesses;
    std::vector<PortUse> uses;
};

class IterationKinds {
public:
    /// All must outlive this.
    IterationKinds(const IterationSpace& space, LayerTraffic& traffic, const TransferTable& transfers,
                   const PortMap& ports);

    /// Number of the kind.
    std::size_t of(std::int64_t iteration);
    const IterationKind& operator[](std::size_t kind) const { return kinds_[kind]; }
    std::size_t count() const { return kinds_.size(); }

private:
    using Key = std::vector<std::int64_t>;
    std::size_t find(std::int64_t iteration);
    void add(const Key& key);

    const IterationSpace* space_;
    LayerTraffic* traffic_;
    const TransferTable* transfers_;
    const PortMap* ports_;
    Recurring<std::size_t> recurring_;
    std::map<Key, std::size_t> known_;
    Key key_;
    std::vector<IterationKind> kinds_;
};

}  // namespace plumbline::sim
