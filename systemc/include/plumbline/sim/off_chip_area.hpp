// SPDX-License-Identifier: Apache-2.0
// Where one tensor of a network lies in off-chip memory (off_chip_layout.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Numbers the areas of a layout.
using AreaId = std::size_t;

/// Where one tensor lies.
struct OffChipArea {
    /// What the tensor is.
    enum class Kind : std::uint8_t {
        input_map,   ///< of the network
        weights,     ///< of a layer
        output_map,  ///< of a layer
    };

    Kind kind = Kind::input_map;  ///< of the tensor
    std::int64_t layer = 0;       ///< LayerId of what reads the input map, has the weights, or makes the output map
    std::string operand;          ///< of the layer
    std::uint64_t address = 0;    ///< bytes from the beginning of the layout
    std::uint64_t size = 0;       ///< bytes
};
/// Equal in all fields.
bool operator==(const OffChipArea& a, const OffChipArea& b);

}  // namespace plumbline::sim
#pragma GCC visibility pop
