// SPDX-License-Identifier: Apache-2.0
#include "plumbline/accelerator.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/topological_sort.hpp>
#include <tuple>
#include <utility>

#include "description/accelerator_check.hpp"
#include "description/basics/names.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

using MemoryGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
using OperandLevels = std::array<std::vector<MemoryId>, kAllMemoryOperands.size()>;

constexpr std::array<std::string_view, 3> kOperandNames{"I1", "I2", "O"};
constexpr std::array<std::string_view, 4> kDirectionNames{"read_down", "write_from_down", "read_up", "write_from_up"};

std::size_t index_of(MemoryOperand operand) { return static_cast<std::size_t>(operand); }

/// An edge from each memory to the one above it, for each operand.
MemoryGraph hierarchy_of(const std::vector<Memory>& memories)
{
    MemoryGraph graph{memories.size()};
    for (MemoryOperand operand : kAllMemoryOperands) {
        std::optional<MemoryId> below;
        for (MemoryId id = 0; id < memories.size(); ++id) {
            if (!memories[id].serves(operand)) continue;
            if (below && !boost::edge(*below, id, graph).second) boost::add_edge(*below, id, graph);
            below = id;
        }
    }
    return graph;
}

/// The one memory above which there is none is the top.
void check_single_top(const MemoryGraph& graph, const std::vector<Memory>& memories)
{
    for (MemoryId id = 0; id + 1 < memories.size(); ++id) {
        if (boost::out_degree(id, graph) > 0) continue;
        throw InputError{field_of(memories, id), "has no memory above it, expected a way to the top memory"};
    }
}

/// Memories of each operand along the hierarchy, lowest first.
OperandLevels levels_along(const MemoryGraph& graph, const std::vector<Memory>& memories)
{
    std::vector<MemoryId> from_top;
    boost::topological_sort(graph, std::back_inserter(from_top));
    OperandLevels levels;
    for (auto id = from_top.rbegin(); id != from_top.rend(); ++id) {
        for (const MemoryService& service : memories[*id].services) levels[index_of(service.operand)].push_back(*id);
    }
    return levels;
}

}  // namespace

std::string_view name_of(MemoryOperand operand) { return kOperandNames[index_of(operand)]; }

std::optional<MemoryOperand> memory_operand_named(std::string_view name)
{
    for (MemoryOperand operand : kAllMemoryOperands) {
        if (name_of(operand) == name) return operand;
    }
    return std::nullopt;
}

std::string_view name_of(Direction direction) { return kDirectionNames[static_cast<std::size_t>(direction)]; }

std::optional<Direction> direction_named(std::string_view name)
{
    for (Direction direction : kAllDirections) {
        if (name_of(direction) == name) return direction;
    }
    return std::nullopt;
}

bool operator==(const Port& a, const Port& b)
{
    return std::tie(a.name, a.type, a.width, a.granule) == std::tie(b.name, b.type, b.width, b.granule);
}

bool operator==(const MemoryService& a, const MemoryService& b) { return a.operand == b.operand && a.port == b.port; }

bool operator==(const MemoryTiming& a, const MemoryTiming& b)
{
    return std::tie(a.idle_per_word, a.access_latency, a.burst_overhead, a.burst) ==
           std::tie(b.idle_per_word, b.access_latency, b.burst_overhead, b.burst);
}

bool operator==(const Memory& a, const Memory& b)
{
    return std::tie(a.name, a.size, a.read_energy, a.write_energy, a.latency, a.timing, a.ports, a.services,
                    a.served_dimensions) == std::tie(b.name, b.size, b.read_energy, b.write_energy, b.latency, b.timing,
                                                     b.ports, b.services, b.served_dimensions);
}

bool operator==(const ArrayDimension& a, const ArrayDimension& b) { return a.name == b.name && a.size == b.size; }

bool operator==(const MacArray& a, const MacArray& b)
{
    return a.dimensions == b.dimensions && a.mac_energy == b.mac_energy && a.rereads_inputs == b.rereads_inputs;
}

bool operator==(const Accelerator& a, const Accelerator& b)
{
    return std::tie(a.name_, a.array_, a.memories_, a.dispatch_) ==
           std::tie(b.name_, b.array_, b.memories_, b.dispatch_);
}

const MemoryService* Memory::service(MemoryOperand operand) const
{
    for (const MemoryService& each : services) {
        if (each.operand == operand) return &each;
    }
    return nullptr;
}

std::int64_t MacArray::units() const
{
    std::int64_t product = 1;
    for (const ArrayDimension& dimension : dimensions) product *= dimension.size;
    return product;
}

std::optional<std::size_t> MacArray::dimension_named(std::string_view name) const
{
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
        if (dimensions[i].name == name) return i;
    }
    return std::nullopt;
}

Accelerator::Accelerator(std::string name, MacArray array, std::vector<Memory> memories, Cycles dispatch)
    : name_{std::move(name)},
      array_{std::move(array)},
      memories_{std::move(memories)},
      dispatch_{dispatch}
{
    check_name(name_, "name", "a name for the accelerator");
    check_array(array_);
    check_memories(memories_, array_);
    check_hierarchy(memories_);
    const MemoryGraph graph = hierarchy_of(memories_);
    check_single_top(graph, memories_);
    levels_ = levels_along(graph, memories_);
    instances_.reserve(memories_.size());
    for (const Memory& memory : memories_) instances_.push_back(instances_of(memory, array_));
}

std::optional<MemoryId> Accelerator::memory_named(std::string_view name) const
{
    for (MemoryId id = 0; id < memories_.size(); ++id) {
        if (memories_[id].name == name) return id;
    }
    return std::nullopt;
}

const std::vector<MemoryId>& Accelerator::levels(MemoryOperand operand) const { return levels_[index_of(operand)]; }

std::optional<std::size_t> Accelerator::level_of(MemoryOperand operand, MemoryId memory) const
{
    const std::vector<MemoryId>& all = levels(operand);
    const auto found = std::find(all.begin(), all.end(), memory);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

std::int64_t Accelerator::instances(MemoryId memory) const { return instances_.at(memory); }

const Port& Accelerator::port(MemoryId memory, MemoryOperand operand, Direction direction) const
{
    const Memory& owner = memories_.at(memory);
    const MemoryService* service = owner.service(operand);
    assert(service != nullptr && service->port[direction].has_value());
    return owner.ports[*service->port[direction]];
}

}  // namespace plumbline
