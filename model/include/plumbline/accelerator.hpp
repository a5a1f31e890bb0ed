// SPDX-License-Identifier: Apache-2.0
// The hardware: a MAC array and the memories that feed it.
//
// Memories are listed from the MAC array outwards; for each memory operand (I1 activations, I2 weights, O outputs) those
// that serve it form its levels, level 0 nearest to the MACs. Together they are a directed acyclic graph. Names and
// meaning follow the hardware description of ZigZag v3 (`tl`, `fl`, `th`, `fh` are the four directions below).
//
//     for (MemoryId id : accelerator.levels(MemoryOperand::o)) std::cout << accelerator.memory(id).name;
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// The three operands of a MAC as memories know them.
enum class MemoryOperand : std::uint8_t {
    i1,  ///< activations
    i2,  ///< weights
    o,   ///< outputs and partial sums
};
/// All three, in the order of the enumerators.
inline constexpr std::array<MemoryOperand, 3> kAllMemoryOperands{MemoryOperand::i1, MemoryOperand::i2,
                                                                 MemoryOperand::o};

/// What crosses a memory's border: down is towards the MAC array, up is towards off-chip memory.
/// ZigZag calls them tl, fl, th and fh, in this order.
enum class Direction : std::uint8_t {
    read_down,        ///< read, for a lower memory or the MACs
    write_from_down,  ///< written by a lower memory or the MACs
    read_up,          ///< read, for a higher memory
    write_from_up,    ///< written by a higher memory
};
/// All four, in the order in which ZigZag lists them.
inline constexpr std::array<Direction, 4> kAllDirections{Direction::read_down, Direction::write_from_down,
                                                         Direction::read_up, Direction::write_from_up};

/// Whether data leaves the memory.
constexpr bool is_read(Direction d) { return d == Direction::read_down || d == Direction::read_up; }

/// One value per direction.
template <class T>
class PerDirection {
public:
    /// Value-initialised: 0, empty.
    constexpr PerDirection() = default;
    /// One value each.
    constexpr PerDirection(T read_down, T write_from_down, T read_up, T write_from_up)
        : values_{read_down, write_from_down, read_up, write_from_up}
    {}
    /// Value of a direction.
    constexpr T& operator[](Direction d) { return values_[static_cast<std::size_t>(d)]; }
    /// Value of a direction.
    constexpr const T& operator[](Direction d) const { return values_[static_cast<std::size_t>(d)]; }
    /// All values equal.
    friend bool operator==(const PerDirection& a, const PerDirection& b) { return a.values_ == b.values_; }
    /// Some value differs.
    friend bool operator!=(const PerDirection& a, const PerDirection& b) { return !(a == b); }

private:
    std::array<T, 4> values_{};
};

/// "I1", "I2", "O".
std::string_view name_of(MemoryOperand operand);
/// The operand of that name; nothing for other names.
std::optional<MemoryOperand> memory_operand_named(std::string_view name);
/// "read_down", "write_from_down", "read_up", "write_from_up".
std::string_view name_of(Direction direction);
/// The direction of that name; nothing for other names.
std::optional<Direction> direction_named(std::string_view name);

/// What a port can do in a cycle: read, write, or either of both.
enum class PortType : std::uint8_t {
    read,        ///< reads
    write,       ///< writes
    read_write,  ///< one of both at a time
};

/// Moves up to a word per cycle into or out of each instance of a memory.
struct Port {
    std::string name;                      ///< unique in its memory
    PortType type = PortType::read_write;  ///< which directions it can serve
    Bits width{};                          ///< moved per cycle at most: the word
    Bits granule{};  ///< smallest amount that can be accessed; divides no less than one granule per access
};
/// All fields equal.
bool operator==(const Port& a, const Port& b);

/// Index in the ports of a memory.
using PortId = std::size_t;
/// Index in the memories of an accelerator, counted from the MAC array outwards.
using MemoryId = std::size_t;

/// Through which port of a memory each direction of one operand goes; empty where it never does.
struct MemoryService {
    MemoryOperand operand = MemoryOperand::i1;  ///< that the memory holds
    PerDirection<std::optional<PortId>> port;   ///< index of the port
};
/// All fields equal.
bool operator==(const MemoryService& a, const MemoryService& b);

/// What the ports of a memory cannot do that their widths promise; none unless a Calibration says so (calibrated_accelerator.hpp).
struct MemoryTiming {
    std::int64_t idle_per_word = 0;  ///< thousandths of a cycle in which a port is idle for each word that it has moved
    Cycles access_latency{};         ///< of a transfer that reads here, part of the memory's latency
    double burst_overhead = 0;       ///< cycles of the port, per burst of a transfer between memories
    Bits burst{512};                 ///< longest burst, of one instance

    /// Whether it changes nothing; `burst` alone does not.
    bool neutral() const { return idle_per_word == 0 && access_latency == Cycles{} && burst_overhead == 0; }
};
/// All fields equal.
bool operator==(const MemoryTiming& a, const MemoryTiming& b);

/// A memory of the hierarchy; all its instances are alike.
struct Memory {
    std::string name;                     ///< unique in its accelerator
    Bits size{};                          ///< of one instance
    Picojoules read_energy{};             ///< per full-width word
    Picojoules write_energy{};            ///< per full-width word
    Cycles latency{1};                    ///< before the first word of a read
    std::vector<Port> ports;              ///< in the order of the description
    std::vector<MemoryService> services;  ///< one per operand that it holds
    /// Array dimensions that one instance serves; along the others it is replicated.
    std::vector<std::size_t> served_dimensions;
    MemoryTiming timing = {};  ///< what a calibration profile says of its ports; neutral in a description

    /// How it serves an operand. Null where the operand is not served.
    const MemoryService* service(MemoryOperand operand) const;
    /// Whether it holds the operand.
    bool serves(MemoryOperand operand) const { return service(operand) != nullptr; }
};
/// All fields equal.
bool operator==(const Memory& a, const Memory& b);

/// An axis of the MAC array.
struct ArrayDimension {
    std::string name;       ///< unique in its array
    std::int64_t size = 1;  ///< units along it, at least 1
};
/// All fields equal.
bool operator==(const ArrayDimension& a, const ArrayDimension& b);

/// Multiply-accumulate units in a grid of any number of dimensions.
struct MacArray {
    std::vector<ArrayDimension> dimensions;  ///< in the order of the description
    Picojoules mac_energy{};                 ///< of one multiply-accumulate operation
    /// Whether an input is read from its nearest memory in every iteration (DeFiNES). Otherwise it stays at the MACs as
    /// long as it does not change (ZigZag v3), where the memory's port is as wide as what one iteration reads.
    bool rereads_inputs = true;

    /// Product of all sizes.
    std::int64_t units() const;
    /// Index of a dimension; nothing where there is none of that name.
    std::optional<std::size_t> dimension_named(std::string_view name) const;
};
/// All fields equal.
bool operator==(const MacArray& a, const MacArray& b);

/// Valid once built: names are unique, every direction an operand needs has a port of the right type, every operand has
/// at least one level, and all operands meet in one top memory.
class Accelerator {
public:
    /// \throws InputError naming the memory and the field that is wrong
    /// `dispatch`: cycles before each step of a schedule.
    Accelerator(std::string name, MacArray array, std::vector<Memory> memories, Cycles dispatch = {});

    /// As given; what a schedule for it names.
    const std::string& name() const { return name_; }
    /// The MAC array.
    const MacArray& array() const { return array_; }
    /// From the MAC array outwards; a MemoryId is an index in it.
    const std::vector<Memory>& memories() const { return memories_; }
    /// Cycles before each step of a schedule, in which nothing else happens.
    Cycles dispatch() const { return dispatch_; }
    /// \throws std::out_of_range where there is none
    const Memory& memory(MemoryId id) const { return memories_.at(id); }
    /// The memory of that name; nothing where there is none.
    std::optional<MemoryId> memory_named(std::string_view name) const;

    /// Memories that serve `operand`, level 0 (nearest to the MACs) first.
    const std::vector<MemoryId>& levels(MemoryOperand operand) const;
    /// Level of `memory` in the hierarchy of `operand`; nothing where it does not serve it.
    std::optional<std::size_t> level_of(MemoryOperand operand, MemoryId memory) const;
    /// The memory that all operands meet in: off-chip memory.
    MemoryId top() const { return memories_.size() - 1; }

    /// Copies of a memory: the product of the array dimensions that it does not serve.
    std::int64_t instances(MemoryId memory) const;
    /// Through which data of `operand` goes. \pre the memory serves `operand` in `direction`
    const Port& port(MemoryId memory, MemoryOperand operand, Direction direction) const;

    /// Equal names, arrays, memories and dispatch.
    friend bool operator==(const Accelerator& a, const Accelerator& b);

private:
    std::string name_;
    MacArray array_;
    std::vector<Memory> memories_;
    Cycles dispatch_;
    std::array<std::vector<MemoryId>, 3> levels_;
    std::vector<std::int64_t> instances_;
};
/// Equal names, arrays, memories and dispatch.
bool operator==(const Accelerator& a, const Accelerator& b);

}  // namespace plumbline
#pragma GCC visibility pop
