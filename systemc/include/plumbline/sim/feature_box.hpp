// SPDX-License-Identifier: Apache-2.0
// Which rows and columns of a feature map: boxes, and sets of them.
//
// A map is named by the layer that produces it, or by none for the network's input. Boxes span all of its channels.
// Intervals are half open, in the map's own coordinates; those of padding may begin below zero.
//
//     FeatureBox read{{0, 62}, {3, 6}};  // columns 0 … 61 of rows 3 … 5
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// A feature map: the output of a layer, or the network's input where there is none.
using MapId = std::optional<LayerId>;

/// Rows or columns, half open.
struct Interval {
    std::int64_t begin = 0;  ///< the first
    std::int64_t end = 0;    ///< one past the last

    /// Whether there are none.
    bool empty() const { return begin >= end; }
    /// How many there are; never negative.
    std::int64_t size() const { return empty() ? 0 : end - begin; }
    /// Whether all of `other` is inside; an empty one is inside of any.
    bool contains(Interval other) const { return other.empty() || (begin <= other.begin && other.end <= end); }
    /// The same ends; empty ones differ where their ends do.
    friend bool operator==(Interval a, Interval b) { return a.begin == b.begin && a.end == b.end; }
    /// Another begin or end.
    friend bool operator!=(Interval a, Interval b) { return !(a == b); }
};

/// What both have in common; empty where they have nothing.
Interval intersection(Interval a, Interval b);
/// The smallest that contains both; an empty one counts for nothing.
Interval hull(Interval a, Interval b);

/// A rectangle of pixels, in all channels.
struct FeatureBox {
    Interval columns;  ///< of the map
    Interval rows;     ///< of the map

    /// Whether it has no pixel.
    bool empty() const { return columns.empty() || rows.empty(); }
    /// Pixels, each of all channels.
    std::int64_t pixels() const { return columns.size() * rows.size(); }
    /// The same columns and rows.
    friend bool operator==(const FeatureBox& a, const FeatureBox& b)
    {
        return a.columns == b.columns && a.rows == b.rows;
    }
};

/// What both have in common.
FeatureBox intersection(const FeatureBox& a, const FeatureBox& b);
/// The smallest that contains both; an empty one counts for nothing.
FeatureBox hull(const FeatureBox& a, const FeatureBox& b);
/// What of `a` is not in `b`: up to four boxes that do not overlap.
std::vector<FeatureBox> difference(const FeatureBox& a, const FeatureBox& b);

/// Pixels, as few boxes as neighbours allow; the boxes do not overlap.
class BoxSet {
public:
    /// All of `box` is there from now on.
    void insert(const FeatureBox& box);
    /// Nothing of `box` is there from now on.
    void erase(const FeatureBox& box);

    /// None of them is empty, and no two overlap.
    const std::vector<FeatureBox>& boxes() const { return boxes_; }
    /// Whether nothing is there.
    bool empty() const { return boxes_.empty(); }
    /// How many are there.
    std::int64_t pixels() const;
    /// What of `box` is not there.
    std::vector<FeatureBox> missing(const FeatureBox& box) const;
    /// What of `box` is there.
    std::vector<FeatureBox> common(const FeatureBox& box) const;

private:
    void join(FeatureBox box);

    std::vector<FeatureBox> boxes_;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
