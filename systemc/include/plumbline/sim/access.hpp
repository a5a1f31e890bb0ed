// SPDX-License-Identifier: Apache-2.0
// What passes one port of a memory: the facts that a payload carries to it and that the memory counts.
//
// All instances of a replicated memory work in lockstep; at the edges of a tile some move less than others.
//
//     Access read{memory, port, MemoryOperand::i2, Direction::read_down, {{72, 12}}, 5};
//     // five times, 12 instances hand 72 bits each down to the MAC array
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/accelerator.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// `instances` of a memory move `bits` each.
struct InstanceBits {
    std::int64_t bits = 0;       ///< in each of them
    std::int64_t instances = 0;  ///< that move so many
    /// As many bits in as many instances.
    friend bool operator==(InstanceBits a, InstanceBits b) { return a.bits == b.bits && a.instances == b.instances; }
};

/// What happens at one port, once or several times.
struct Access {
    MemoryId memory = 0;                         ///< whose port it is
    PortId port = 0;                             ///< of the memory
    MemoryOperand operand = MemoryOperand::i1;   ///< for whose sake
    Direction direction = Direction::read_down;  ///< seen from the memory
    std::vector<InstanceBits> shares;            ///< of the instances that take part, each time
    std::int64_t times = 1;                      ///< how often it happens
    std::int64_t finished = 0;                   ///< output elements that are final with this access, each time
    std::size_t area = 0;                        ///< of off-chip memory, where the access goes there: an AreaId
};
/// Equal in all fields.
bool operator==(const Access& a, const Access& b);

/// Bits that pass, all times, in all instances.
std::int64_t bits(const Access& access);

/// What an access asks of the port that it goes through, when nobody else uses it.
struct PortTime {
    std::int64_t granules = 0;    ///< smallest amounts that the port can access; each instance rounds up, each time
    std::int64_t slots = 0;       ///< cycles in which words pass: the instance with most to move decides, each time
    std::int64_t lost_slots = 0;  ///< cycles that bursts lose on top, if the access is part of a transfer
    Cycles latency{};             ///< of a read: cycles before the first word comes; at least 0
};
/// All that the machine knows of the time of a port comes from here, and from port_idle() (ports.hpp).
/// \param memory the one that is accessed
PortTime port_time(const Access& access, const plumbline::Memory& memory);
/// Cycles before the first word of a read comes, beyond the one in which it passes.
Cycles first_word_latency(const plumbline::Memory& memory);
/// Full-width words in so many granules, which may be fractional.
Accesses full_words(std::int64_t granules, const Port& port);

/// Through the port that `memory` has for it. \throws InputError where it has none
Access access_through(const plumbline::Accelerator& accelerator, MemoryId memory, MemoryOperand operand,
                      Direction direction, std::vector<InstanceBits> shares);

}  // namespace plumbline::sim
#pragma GCC visibility pop
