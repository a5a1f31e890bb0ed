// SPDX-License-Identifier: Apache-2.0
#include "storage/region_store.hpp"

#include <algorithm>
#include <cassert>

namespace plumbline::sim {
namespace {

std::ptrdiff_t offset(const FeatureBox& canvas, std::int64_t channel, std::int64_t row, std::int64_t column)
{
    return static_cast<std::ptrdiff_t>((channel * canvas.rows.size() + row - canvas.rows.begin) *
                                           canvas.columns.size() +
                                       column - canvas.columns.begin);
}

/// Copies the values of `box` from one canvas to another, row by row.
void copy_values(const FeatureBox& box, std::int64_t channels, const FeatureValues& from, const FeatureBox& from_canvas,
                 FeatureValues& to, const FeatureBox& to_canvas)
{
    for (std::int64_t channel = 0; channel < channels; ++channel) {
        for (std::int64_t row = box.rows.begin; row < box.rows.end; ++row) {
            std::copy_n(from.begin() + offset(from_canvas, channel, row, box.columns.begin), box.columns.size(),
                        to.begin() + offset(to_canvas, channel, row, box.columns.begin));
        }
    }
}

FeatureBox hull_of(const std::vector<FeatureBox>& boxes)
{
    FeatureBox all;
    for (const FeatureBox& box : boxes) all = hull(all, box);
    return all;
}

}  // namespace

void RegionStore::fill(MapId map, const MapFormat& format, const FeatureBox& box, const FeatureValues& values)
{
    if (box.empty()) return;
    Region& region = regions_[map];
    region.format = format;
    region.filled.insert(box);
    if (values.empty()) return;
    assert(values.size() == static_cast<std::size_t>(box.pixels() * format.channels));
    lay_out(region, hull(region.canvas, box));
    copy_values(box, format.channels, values, box, region.values, region.canvas);
}

std::vector<FeatureBox> RegionStore::missing(MapId map, const FeatureBox& box) const
{
    const auto found = regions_.find(map);
    if (found != regions_.end()) return found->second.filled.missing(box);
    return box.empty() ? std::vector<FeatureBox>{} : std::vector<FeatureBox>{box};
}

std::vector<FeatureBox> RegionStore::common(MapId map, const FeatureBox& box) const
{
    const auto found = regions_.find(map);
    return found == regions_.end() ? std::vector<FeatureBox>{} : found->second.filled.common(box);
}

FeatureValues RegionStore::read(MapId map, const FeatureBox& box) const
{
    const Region& region = regions_.at(map);
    assert(region.filled.missing(box).empty() && !region.values.empty());
    FeatureValues values(static_cast<std::size_t>(box.pixels() * region.format.channels));
    copy_values(box, region.format.channels, region.values, region.canvas, values, box);
    return values;
}

void RegionStore::shrink(MapId map, const std::vector<FeatureBox>& kept)
{
    const auto found = regions_.find(map);
    if (found == regions_.end()) return;
    Region& region = found->second;
    BoxSet left;
    for (const FeatureBox& each : kept) {
        for (const FeatureBox& part : region.filled.common(each)) left.insert(part);
    }
    region.filled = std::move(left);
    if (region.filled.empty()) {
        regions_.erase(found);
    } else if (!region.values.empty()) {
        lay_out(region, hull_of(region.filled.boxes()));
    }
}

RegionStore RegionStore::only(MapId map) const
{
    RegionStore store;
    store.replace(map, *this);
    return store;
}

RegionStore RegionStore::sampled(MapId map, const Samples& samples) const
{
    RegionStore store;
    const auto found = regions_.find(map);
    if (found == regions_.end()) return store;
    const Region& region = found->second;
    for (const FeatureBox& each : region.filled.boxes()) {
        const FeatureBox box = samples.within(each);
        if (box.empty()) continue;
        FeatureValues values;
        if (!region.values.empty()) values = samples.pick(read(map, samples.span(box)), region.format.channels, box);
        store.fill(map, region.format, box, values);
    }
    return store;
}

void RegionStore::replace(MapId map, const RegionStore& other)
{
    regions_.erase(map);
    const auto found = other.regions_.find(map);
    if (found != other.regions_.end()) regions_.emplace(map, found->second);
}

Bits RegionStore::held(MapId map) const
{
    const auto found = regions_.find(map);
    if (found == regions_.end()) return Bits{};
    return found->second.format.pixel() * found->second.filled.pixels();
}

Bits RegionStore::held() const
{
    Bits sum{};
    for (const auto& [map, region] : regions_) sum += held(map);
    return sum;
}

void RegionStore::lay_out(Region& region, const FeatureBox& canvas)
{
    if (canvas == region.canvas && !region.values.empty()) return;
    FeatureValues values(static_cast<std::size_t>(canvas.pixels() * region.format.channels));
    const FeatureBox common = intersection(canvas, region.canvas);
    if (!common.empty()) copy_values(common, region.format.channels, region.values, region.canvas, values, canvas);
    region.values = std::move(values);
    region.canvas = canvas;
}

}  // namespace plumbline::sim
