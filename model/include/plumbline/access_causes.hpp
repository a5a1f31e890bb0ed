// SPDX-License-Identifier: Apache-2.0
// Why do the accesses that `uniform` and `refined` predict for the same mapping differ, cause by cause?
//
// Between the two estimators lies a fixed chain of countings, each without one more of the assumptions of `uniform`
// (model/docs/differences.md). What a link of the chain changes is put down to the assumption, so that the amounts add
// up to the difference, and one that is 0 says that the assumption does not matter there.
//
//     for (const AccessDifference& row : access_differences(accelerator, workload, schedule))
//         std::cout << row.words[AccessCause::halo];
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/units.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Assumptions of `uniform`, in the order of reports.
enum class AccessCause : std::uint8_t {
    first_partial_sum,   ///< sums are read before each accumulation, the first, too
    last_partial_sum,    ///< the last write of a sum is as wide as those before
    shared_partial_sum,  ///< sums come back to every memory that adds to them
    fractional_edges,    ///< lanes and iterations are averages, rounded to whole elements
    halo,                ///< windows come anew each time, and spans of fractional lanes are truncated
    link_rounding,       ///< a transfer is split by the width of the lower port
    granule_rounding     ///< the granules are those of an average block
};

/// How many there are.
inline constexpr std::size_t kAccessCauses = 7;
/// All of them, in the order of reports.
inline constexpr std::array<AccessCause, kAccessCauses> kAllAccessCauses{AccessCause::first_partial_sum,
                                                                         AccessCause::last_partial_sum,
                                                                         AccessCause::shared_partial_sum,
                                                                         AccessCause::fractional_edges,
                                                                         AccessCause::halo,
                                                                         AccessCause::link_rounding,
                                                                         AccessCause::granule_rounding};
/// "first partial sum", …
std::string_view name_of(AccessCause cause);

/// One value per cause.
template <class T>
class PerAccessCause {
public:
    /// Value of a cause.
    constexpr T& operator[](AccessCause cause) { return values_[static_cast<std::size_t>(cause)]; }
    /// Value of a cause.
    constexpr const T& operator[](AccessCause cause) const { return values_[static_cast<std::size_t>(cause)]; }

private:
    std::array<T, kAccessCauses> values_{};
};

/// Words that `uniform` predicts beyond those of `refined`.
struct AccessDifference {
    LayerId layer = 0;                           ///< of the workload
    MemoryId memory = 0;                         ///< of the accelerator
    MemoryOperand operand = MemoryOperand::i1;   ///< whose accesses they are
    Direction direction = Direction::read_down;  ///< across the memory's border
    PerAccessCause<Accesses> words;              ///< by cause
};

/// Of a layer on a tile. \pre `check(mapping, layer, accelerator)` passes
std::vector<AccessDifference> access_differences(const Accelerator& accelerator, const Layer& layer,
                                                 const LayerMapping& mapping);

/// Of all layers on all tiles. Copies cost the same under both. \throws InputError where the schedule does not fit
std::vector<AccessDifference> access_differences(const Accelerator& accelerator, const Workload& workload,
                                                 const Schedule& schedule);

}  // namespace plumbline
#pragma GCC visibility pop
