// SPDX-License-Identifier: Apache-2.0
// Adds up amounts by key: few keys, many additions, in the order in which keys first occur. And what is added up while
// the machine runs: cycles of waiting, by cause.
//
//     Waits waits;
//     waits.add({WaitCause::starved, link}, 3);
#pragma once

#include <algorithm>
#include <vector>

#include "plumbline/sim/ports.hpp"
#include "plumbline/sim/stalls.hpp"

namespace plumbline::sim {

template <class Key, class Amount = double>
class KeyedSums {
public:
    struct Entry {
        Key key;
        Amount amount;
    };

    void add(const Key& key, Amount amount)
    {
        const auto found =
            std::find_if(entries_.begin(), entries_.end(), [&](const Entry& each) { return each.key == key; });
        found == entries_.end() ? entries_.push_back({key, amount}) : void(found->amount += amount);
    }
    void clear() { entries_.clear(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

private:
    std::vector<Entry> entries_;
};

/// Of the MAC array. `of` is the number of a link, or a PortIndex; 0 where the cause says all.
struct WaitKey {
    WaitCause cause = WaitCause::loading;
    std::size_t of = 0;
    friend bool operator==(WaitKey a, WaitKey b) { return a.cause == b.cause && a.of == b.of; }
};
using Waits = KeyedSums<WaitKey>;

/// Of a port, which waits for another.
struct PortStallKey {
    PortIndex port = 0;
    PortStallCause cause = PortStallCause::other_end;
    PortIndex of = 0;
    friend bool operator==(PortStallKey a, PortStallKey b)
    {
        return a.port == b.port && a.cause == b.cause && a.of == b.of;
    }
};
using PortStalls = KeyedSums<PortStallKey>;

}  // namespace plumbline::sim
