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

enum class MemoryOperand : std::uint8_t { i1, i2, o };
inline constexpr std::array<MemoryOperand, 3> kAllMemoryOperands{MemoryOperand::i1, MemoryOperand::i2,
                                                                 MemoryOperand::o};

/// What crosses a memory's border: down is towards the MAC array, up is towards off-chip memory.
/// ZigZag calls them tl, fl, th and fh, in this order.
enum class Direction : std::uint8_t { read_down, write_from_down, read_up, write_from_up };
inline constexpr std::array<Direction, 4> kAllDirections{Direction::read_down, Direction::write_from_down,
                                                         Direction::read_up, Direction::write_from_up};

constexpr bool is_read(Direction d) { return d == Direction::read_down || d == Direction::read_up; }

/// One value per direction.
template <class T>
class PerDirection {
public:
    constexpr PerDirection() = default;
    constexpr PerDirection(T read_down, T write_from_down, T read_up, T write_from_up)
        : values_{read_down, write_from_down, read_up, write_from_up}
    {}
    constexpr T& operator[](Direction d) { return values_[static_cast<std::size_t>(d)]; }
    constexpr const T& operator[](Direction d) const { return values_[static_cast<std::size_t>(d)]; }
    friend bool operator==(const PerDirection& a, const PerDirection& b) { return a.values_ == b.values_; }
    friend bool operator!=(const PerDirection& a, const PerDirection& b) { return !(a == b); }

private:
    std::array<T, 4> values_{};
};

/// "I1", "I2", "O".
std::string_view name_of(MemoryOperand operand);
std::optional<MemoryOperand> memory_operand_named(std::string_view name);
/// "read_down", "write_from_down", "read_up", "write_from_up".
std::string_view name_of(Direction direction);
std::optional<Direction> direction_named(std::string_view name);

enum class PortType : std::uint8_t { read, write, read_write };

struct Port {
    std::string name;
    PortType type = PortType::read_write;
    Bits width{};    ///< moved per cycle at most: the word
    Bits granule{};  ///< smallest amount that can be accessed; divides no less than one granule per access
};
bool operator==(const Port& a, const Port& b);

using PortId = std::size_t;
using MemoryId = std::size_t;

/// Through which port of a memory each direction of one operand goes; empty where it never does.
struct MemoryService {
    MemoryOperand operand = MemoryOperand::i1;
    PerDirection<std::optional<PortId>> port;
};
bool operator==(const MemoryService& a, const MemoryService& b);

/// What the ports of a memory cannot do that their widths promise; none unless a Calibration says so (calibrated_accelerator.hpp).
struct MemoryTiming {
    std::int64_t idle_per_word = 0;  ///< thousandths of a cycle in which a port is idle for each word that it has moved
    Cycles access_latency{};         ///< of a transfer that reads here, part of the memory's latency
    double burst_overhead = 0;       ///< cycles of the port, per burst of a transfer between memories
    Bits burst{512};                 ///< longest burst, of one instance

    bool neutral() const { return idle_per_word == 0 && access_latency == Cycles{} && burst_overhead == 0; }
};
bool operator==(const MemoryTiming& a, const MemoryTiming& b);

struct Memory {
    std::string name;
    Bits size{};
    Picojoules read_energy{};   ///< per full-width word
    Picojoules write_energy{};  ///< per full-width word
    Cycles latency{1};
    std::vector<Port> ports;
    std::vector<MemoryService> services;
    /// Array dimensions that one instance serves; along the others it is replicated.
    std::vector<std::size_t> served_dimensions;
    MemoryTiming timing = {};

    /// Null where the operand is not served.
    const MemoryService* service(MemoryOperand operand) const;
    bool serves(MemoryOperand operand) const { return service(operand) != nullptr; }
};
bool operator==(const Memory& a, const Memory& b);

struct ArrayDimension {
    std::string name;
    std::int64_t size = 1;
};
bool operator==(const ArrayDimension& a, const ArrayDimension& b);

struct MacArray {
    std::vector<ArrayDimension> dimensions;
    Picojoules mac_energy{};

    std::int64_t units() const;
    std::optional<std::size_t> dimension_named(std::string_view name) const;
};
bool operator==(const MacArray& a, const MacArray& b);

/// Valid once built: names are unique, every direction an operand needs has a port of the right type, every operand has
/// at least one level, and all operands meet in one top memory.
class Accelerator {
public:
    /// \throws InputError naming the memory and the field that is wrong
    /// \param dispatch cycles before each step of a schedule
    Accelerator(std::string name, MacArray array, std::vector<Memory> memories, Cycles dispatch = {});

    const std::string& name() const { return name_; }
    const MacArray& array() const { return array_; }
    const std::vector<Memory>& memories() const { return memories_; }
    /// Cycles before each step of a schedule, in which nothing else happens.
    Cycles dispatch() const { return dispatch_; }
    const Memory& memory(MemoryId id) const { return memories_.at(id); }
    std::optional<MemoryId> memory_named(std::string_view name) const;

    /// Memories that serve `operand`, level 0 (nearest to the MACs) first.
    const std::vector<MemoryId>& levels(MemoryOperand operand) const;
    /// Level of `memory` in the hierarchy of `operand`; nothing where it does not serve it.
    std::optional<std::size_t> level_of(MemoryOperand operand, MemoryId memory) const;
    /// The memory that all operands meet in: off-chip memory.
    MemoryId top() const { return memories_.size() - 1; }

    /// Copies of a memory: the product of the array dimensions that it does not serve.
    std::int64_t instances(MemoryId memory) const;
    /// \pre the memory serves `operand` in `direction`
    const Port& port(MemoryId memory, MemoryOperand operand, Direction direction) const;

    friend bool operator==(const Accelerator& a, const Accelerator& b);

private:
    std::string name_;
    MacArray array_;
    std::vector<Memory> memories_;
    Cycles dispatch_;
    std::array<std::vector<MemoryId>, 3> levels_;
};
bool operator==(const Accelerator& a, const Accelerator& b);

}  // namespace plumbline
#pragma GCC visibility pop
