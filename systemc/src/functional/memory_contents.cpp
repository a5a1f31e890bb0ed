// SPDX-License-Identifier: Apache-2.0
#include "functional/memory_contents.hpp"

#include <algorithm>
#include <cstring>

namespace plumbline::sim {
namespace {

std::size_t bytes_of(const FeatureBox& box, const MapFormat& format)
{
    return static_cast<std::size_t>(box.pixels() * format.channels);
}

std::size_t bytes_of(const std::vector<FeatureBox>& boxes, const MapFormat& format)
{
    std::size_t size = 0;
    for (const FeatureBox& box : boxes) size += bytes_of(box, format);
    return size;
}

}  // namespace

std::size_t TensorSlice::packed_size() const { return bytes_of(packed, format); }

std::size_t MemoryContents::packed_size(const TensorSlice& part) const
{
    return bytes_of(maps.common(part.map, part.box), part.format);
}

void MemoryContents::pack(TensorSlice& part, unsigned char* data) const
{
    part.packed = maps.common(part.map, part.box);
    if (outside_) return;
    for (const FeatureBox& box : part.packed) {
        const FeatureValues values = maps.read(part.map, box);
        std::memcpy(data, values.data(), values.size());
        data += values.size();
    }
}

void MemoryContents::unpack(const TensorSlice& part, const unsigned char* data, const FeatureBox& box)
{
    for (const FeatureBox& packed : part.packed) {
        if (outside_) {
            maps.fill(part.map, part.format, intersection(packed, box));
            continue;
        }
        FeatureValues values(bytes_of(packed, part.format));
        std::memcpy(values.data(), data, values.size());
        data += values.size();
        const FeatureBox kept = intersection(packed, box);
        if (kept.empty()) continue;
        if (kept == packed) {
            maps.fill(part.map, part.format, packed, values);
            continue;
        }
        FeatureValues some(bytes_of(kept, part.format));
        copy_box_values(kept, part.format.channels, values.data(), packed, some.data(), kept);
        maps.fill(part.map, part.format, kept, some);
    }
}

const FeatureValues* MemoryContents::weights(LayerId layer) const
{
    const auto found = weights_.find(layer);
    return found == weights_.end() ? nullptr : &found->second;
}

void copy_box_values(const FeatureBox& box, std::int64_t channels, const std::int8_t* from, const FeatureBox& from_box,
                     std::int8_t* to, const FeatureBox& to_box)
{
    const auto at = [&](const FeatureBox& all, std::int64_t channel, std::int64_t row) {
        return ((channel * all.rows.size() + row - all.rows.begin) * all.columns.size()) + box.columns.begin -
               all.columns.begin;
    };
    for (std::int64_t channel = 0; channel < channels; ++channel) {
        for (std::int64_t row = box.rows.begin; row < box.rows.end; ++row) {
            std::copy_n(from + at(from_box, channel, row), box.columns.size(), to + at(to_box, channel, row));
        }
    }
}

}  // namespace plumbline::sim
