// SPDX-License-Identifier: Apache-2.0
// Which rows and columns of a feature map: boxes, and sets of them.
//
// A map is named by the layer that produces it, or by its number among the network's inputs. Boxes span all of its channels.
// Intervals are half open, in the map's own coordinates; those of padding may begin below zero.
//
//     FeatureBox read{{0, 62}, {3, 6}};  // columns 0 … 61 of rows 3 … 5
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// A feature map: the output of a layer, or an input of the network.
class MapId {
public:
    /// The network's first input.
    MapId() = default;
    /// The output of a layer.
    MapId(LayerId layer) : layer_{layer} {}  // NOLINT: a map is called by its layer
    /// One of Workload::inputs().
    static MapId network_input(std::size_t number)
    {
        MapId map;
        map.input_ = number;
        return map;
    }

    /// Whether a layer makes it.
    explicit operator bool() const { return layer_.has_value(); }
    /// That layer. \pre there is one
    LayerId operator*() const { return *layer_; }
    /// Index in Workload::inputs(). \pre no layer makes it
    std::size_t input() const { return input_; }

    /// The same map.
    friend bool operator==(MapId a, MapId b) { return a.layer_ == b.layer_ && a.input_ == b.input_; }
    /// Another map.
    friend bool operator!=(MapId a, MapId b) { return !(a == b); }
    /// Inputs of the network first, then layers, each by number.
    friend bool operator<(MapId a, MapId b) { return a.layer_ != b.layer_ ? a.layer_ < b.layer_ : a.input_ < b.input_; }

private:
    std::optional<LayerId> layer_;
    std::size_t input_ = 0;
};

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
