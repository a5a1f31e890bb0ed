// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/feature_box.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

/// Two boxes that make one when put side by side, or one on top of the other.
bool make_one(const FeatureBox& a, const FeatureBox& b)
{
    const auto meet = [](Interval one, Interval other) { return one.end == other.begin || other.end == one.begin; };
    return (a.rows == b.rows && meet(a.columns, b.columns)) || (a.columns == b.columns && meet(a.rows, b.rows));
}

}  // namespace

Interval intersection(Interval a, Interval b) { return {std::max(a.begin, b.begin), std::min(a.end, b.end)}; }

Interval hull(Interval a, Interval b)
{
    if (a.empty()) return b;
    if (b.empty()) return a;
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

FeatureBox intersection(const FeatureBox& a, const FeatureBox& b)
{
    return {intersection(a.columns, b.columns), intersection(a.rows, b.rows)};
}

FeatureBox hull(const FeatureBox& a, const FeatureBox& b)
{
    if (a.empty()) return b;
    if (b.empty()) return a;
    return {hull(a.columns, b.columns), hull(a.rows, b.rows)};
}

std::vector<FeatureBox> difference(const FeatureBox& a, const FeatureBox& b)
{
    if (a.empty()) return {};
    const FeatureBox common = intersection(a, b);
    if (common.empty()) return {a};
    std::vector<FeatureBox> left;
    const auto add = [&](Interval columns, Interval rows) {
        if (!columns.empty() && !rows.empty()) left.push_back({columns, rows});
    };
    add(a.columns, {a.rows.begin, common.rows.begin});
    add({a.columns.begin, common.columns.begin}, common.rows);
    add({common.columns.end, a.columns.end}, common.rows);
    add(a.columns, {common.rows.end, a.rows.end});
    return left;
}

void BoxSet::insert(const FeatureBox& box)
{
    for (const FeatureBox& part : missing(box)) join(part);
}

void BoxSet::erase(const FeatureBox& box)
{
    std::vector<FeatureBox> left;
    for (const FeatureBox& each : boxes_) {
        const auto parts = difference(each, box);
        left.insert(left.end(), parts.begin(), parts.end());
    }
    boxes_ = std::move(left);
}

std::int64_t BoxSet::pixels() const
{
    std::int64_t sum = 0;
    for (const FeatureBox& each : boxes_) sum += each.pixels();
    return sum;
}

std::vector<FeatureBox> BoxSet::missing(const FeatureBox& box) const
{
    std::vector<FeatureBox> missing;
    if (!box.empty()) missing.push_back(box);
    for (const FeatureBox& each : boxes_) {
        std::vector<FeatureBox> rest;
        for (const FeatureBox& part : missing) {
            const auto parts = difference(part, each);
            rest.insert(rest.end(), parts.begin(), parts.end());
        }
        missing = std::move(rest);
    }
    return missing;
}

std::vector<FeatureBox> BoxSet::common(const FeatureBox& box) const
{
    std::vector<FeatureBox> common;
    for (const FeatureBox& each : boxes_) {
        const FeatureBox part = intersection(each, box);
        if (!part.empty()) common.push_back(part);
    }
    return common;
}

/// \pre nothing of `box` is there
void BoxSet::join(FeatureBox box)
{
    const auto neighbour = [&] {
        return std::find_if(boxes_.begin(), boxes_.end(),
                            [&](const FeatureBox& other) { return make_one(box, other); });
    };
    for (auto found = neighbour(); found != boxes_.end(); found = neighbour()) {
        box = hull(box, *found);
        boxes_.erase(found);
    }
    boxes_.push_back(box);
}

}  // namespace plumbline::sim
