// SPDX-License-Identifier: Apache-2.0
// The bytes of one memory, while the machine computes with data: parts of feature maps, and weights of layers.
//
// The narrow side of functional mode: whoever moves a part of a map packs it here and unpacks it there, box after box, and
// need not know how either memory keeps it. Where a memory's values lie outside of the machine, this knows only which
// boxes are there; their bytes come and go by other ways.
//
//     TensorSlice part{map, format, box};
//     const auto bytes = source.pack(part, data);   // what the source has of the box
//     destination.unpack(part, data, box);
#pragma once

#include <map>

#include "storage/region_store.hpp"

namespace plumbline::sim {

/// A part of a feature map on its way between memories.
struct TensorSlice {
    MapId map;
    MapFormat format;
    FeatureBox box;                  ///< asked for
    Samples samples;                 ///< that boxes count
    std::vector<FeatureBox> packed;  ///< on the way, one after the other: what the source had of it

    std::size_t packed_size() const;
};

class MemoryContents {
public:
    RegionStore maps;

    /// Values are kept elsewhere: `pack` and `unpack` move none.
    void keep_outside() { outside_ = true; }
    bool outside() const { return outside_; }
    /// Bytes that `pack` would write.
    std::size_t packed_size(const TensorSlice& part) const;
    /// Writes what is here of the part's box to `data`, and notes the boxes.
    void pack(TensorSlice& part, unsigned char* data) const;
    /// Keeps what lies in `box` of what `data` has.
    void unpack(const TensorSlice& part, const unsigned char* data, const FeatureBox& box);

    void keep_weights(LayerId layer, const FeatureValues& values) { weights_[layer] = values; }
    /// Null where they are not here.
    const FeatureValues* weights(LayerId layer) const;
    void forget_weights() { weights_.clear(); }

private:
    bool outside_ = false;
    std::map<LayerId, FeatureValues> weights_;
};

/// Copies the part of `box` from one dense array of a box to another. \pre both boxes contain it
void copy_box_values(const FeatureBox& box, std::int64_t channels, const std::int8_t* from, const FeatureBox& from_box,
                     std::int8_t* to, const FeatureBox& to_box);

}  // namespace plumbline::sim
