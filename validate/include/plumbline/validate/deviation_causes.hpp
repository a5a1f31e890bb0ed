// SPDX-License-Identifier: Apache-2.0
// Why do prediction and simulation differ? Every deviation of a Comparison, split into parts that add up to it.
//
// Accesses are put down to assumptions of the estimator (access_causes.hpp, where it is `uniform`) and to what the machine does
// differently; cycles to the phases in which they are lost or gained. What nothing explains is `other`: it is there to be
// printed, and to be worked on. All parts are predicted - simulated.
//
//     DeviationCauses why = deviation_causes(accelerator, workload, schedule, comparison, predicted, simulated);
//     for (const AccessDeviation& row : why.accesses) std::cout << row.parts[Cause::halo];
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/run_record.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Of accesses: first those of access_causes.hpp, in their order.
enum class Cause : std::uint8_t {
    first_partial_sum,
    last_partial_sum,
    shared_partial_sum,
    fractional_edges,
    halo,
    link_rounding,
    granule_rounding,  ///< of copies: a region that the machine moves in parts
    clipping,          ///< a copy brings less than its region: the rest does not exist
    capacity,          ///< a copy brings less than its region, in a run that was short of space
    other
};
/// "first partial sum", …, "other".
std::string_view name_of(Cause cause);

/// Of cycles.
enum class Phase : std::uint8_t {
    computing,  ///< iterations
    stall,      ///< between them
    loading,
    offloading,
    copying,
    overlap,  ///< the run is shorter than its steps together (or longer)
    other     ///< a side does not say in which phase
};
/// "computing", …, "other".
std::string_view name_of(Phase phase);

/// A deviation in parts, by `Cause` or `Phase`, the last of which is `other`.
template <class T, class Key>
class Parts {
public:
    /// How many parts there are.
    static constexpr std::size_t kCount = static_cast<std::size_t>(Key::other) + 1;

    /// The part of this cause or phase.
    T& operator[](Key key) { return values_[static_cast<std::size_t>(key)]; }
    /// Likewise.
    const T& operator[](Key key) const { return values_[static_cast<std::size_t>(key)]; }
    /// Cause or phase number `index`. \pre below kCount
    static Key key(std::size_t index) { return static_cast<Key>(index); }

    /// The deviation.
    T sum() const
    {
        T sum{};
        for (const T& value : values_) sum += value;
        return sum;
    }
    /// Part by part.
    Parts& operator+=(const Parts& other)
    {
        for (std::size_t i = 0; i < kCount; ++i) values_[i] += other.values_[i];
        return *this;
    }
    friend bool operator==(const Parts& a, const Parts& b) { return a.values_ == b.values_; }

private:
    std::array<T, kCount> values_{};
};
/// A deviation of accesses by cause, in words.
using AccessParts = Parts<Accesses, Cause>;
/// A deviation of cycles by phase.
using CycleParts = Parts<Cycles, Phase>;

/// Which part of a deviation of accesses is of one layer.
struct LayerAccesses {
    LayerId layer = 0;  ///< whose words they are
    AccessParts parts;  ///< that add up to what it deviates
};

/// A row of accesses that deviates, in parts.
struct AccessDeviation {
    MemoryId memory = 0;                         ///< as in the row of the comparison
    MemoryOperand operand = MemoryOperand::i1;   ///< likewise
    Direction direction = Direction::read_down;  ///< likewise
    Both<Accesses> accesses;                     ///< from both sides
    AccessParts parts;                           ///< that add up to predicted - simulated
    std::vector<LayerAccesses> layers;  ///< of which for layers that deviate, where both sides state all of them
};

/// A layer or copy whose cycles deviate, in parts.
struct StepDeviation {
    std::string name;                    ///< the layer's; "" for the copy of the stack's input
    sim::Activity activity;              ///< the computation of a layer, or the copies before it
    Both<Cycles> cycles;                 ///< all phases
    CycleParts parts;                    ///< that add up to predicted - simulated
    std::vector<sim::ArrayWait> stalls;  ///< of the machine while computing: by cause, memory, operand and port
};

/// Why a comparison deviates.
struct DeviationCauses {
    std::vector<AccessDeviation> accesses;  ///< that deviate, in the order of the comparison
    std::vector<StepDeviation> steps;       ///< that deviate, as they run
    CycleParts beside_steps;                ///< of the total latency, but not in any step
    CycleParts run;                         ///< both together
};

/// How much there is to explain, in words or cycles: the magnitudes of all parts.
struct Explained {
    double all = 0;    ///< of every part
    double other = 0;  ///< of those that nothing explains

    /// What is explained, as a fraction; 1 where there is nothing to explain.
    double named_share() const { return all == 0 ? 1 : 1 - other / all; }
};
/// In words.
Explained explained_accesses(const DeviationCauses& causes);
/// In cycles.
Explained explained_cycles(const DeviationCauses& causes);

/// Splits every deviation of `comparison`.
/// \pre `comparison` is of the two run records, and they are of `schedule`
/// \throws InputError where the schedule does not fit
DeviationCauses deviation_causes(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                                 const Comparison& comparison, const RunRecord& predicted, const RunRecord& simulated);

}  // namespace plumbline::validate
#pragma GCC visibility pop
