// SPDX-License-Identifier: Apache-2.0
#include "description/accelerator_check.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "description/basics/bounds.hpp"
#include "description/basics/names.hpp"
#include "description/basics/saturating.hpp"
#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

std::string quoted(std::string_view text) { return '\'' + std::string{text} + '\''; }

void require_positive(std::int64_t value, const std::string& field, const char* unit)
{
    if (value > 0) return;
    throw InputError{field, "is " + std::to_string(value) + ", expected a positive number of " + unit};
}

void require_energy(Picojoules energy, const std::string& field)
{
    const std::string value = "is " + shortest_text(energy.count());
    if (!std::isfinite(energy.count()) || energy.count() < 0)
        throw InputError{field, value + ", expected an energy in pJ, zero or more"};
    if (energy.count() > kMostEnergy)
        throw InputError{field, value + ", expected an energy in pJ of at most " + shortest_text(kMostEnergy)};
}

void check_port(const Port& port, const std::string& field)
{
    check_name(port.name, field + ".name", "a name for the port");
    require_positive(port.width.count(), field + ".bandwidth_max", "bits per cycle");
    require_at_most(kMostWidth, port.width.count(), field + ".bandwidth_max", "bits per cycle");
    require_positive(port.granule.count(), field + ".bandwidth_min", "bits");
    if (port.granule <= port.width) return;
    throw InputError{field + ".bandwidth_min", "is " + std::to_string(port.granule.count()) +
                                                   " bits, expected at most bandwidth_max, " +
                                                   std::to_string(port.width.count()) + " bits"};
}

void check_ports(const std::vector<Port>& ports, const std::string& field)
{
    if (ports.empty()) throw InputError{field, "is empty, expected at least one port"};
    if (ports.size() > kMostPorts) {
        throw InputError{
            field, "has " + std::to_string(ports.size()) + " ports, expected at most " + std::to_string(kMostPorts)};
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const std::string here = field + '[' + std::to_string(i) + ']';
        check_port(ports[i], here);
        if (!names.insert(ports[i].name).second) {
            throw InputError{here + ".name", "another port of this memory is called " + quoted(ports[i].name)};
        }
    }
}

bool carries(PortType type, Direction direction)
{
    return type == PortType::read_write || (type == PortType::read) == is_read(direction);
}

void check_service(const MemoryService& service, const std::vector<Port>& ports, const std::string& field)
{
    for (Direction direction : kAllDirections) {
        const auto& id = service.port[direction];
        if (!id) continue;
        const std::string what = std::string{name_of(service.operand)} + ' ' + std::string{name_of(direction)};
        if (*id >= ports.size()) {
            throw InputError{field, what + " goes through port " + std::to_string(*id) + ", expected one of " +
                                        std::to_string(ports.size()) + " ports"};
        }
        const Port& port = ports[*id];
        if (carries(port.type, direction)) continue;
        throw InputError{field + '[' + std::to_string(*id) + ']',
                         what + " goes through " + quoted(port.name) + ", which is a " +
                             (port.type == PortType::read ? "read" : "write") + " port"};
    }
}

void check_services(const Memory& memory, const std::string& field)
{
    if (memory.services.empty()) {
        throw InputError{field + ".operands", "is empty, expected at least one of I1, I2, O"};
    }
    std::set<MemoryOperand> operands;
    for (const MemoryService& service : memory.services) {
        if (!operands.insert(service.operand).second) {
            throw InputError{field + ".operands", std::string{name_of(service.operand)} + " is listed twice"};
        }
        check_service(service, memory.ports, field + ".ports");
    }
}

void check_served_dimensions(const Memory& memory, const MacArray& array, const std::string& field)
{
    std::set<std::size_t> seen;
    for (std::size_t dimension : memory.served_dimensions) {
        if (dimension >= array.dimensions.size()) {
            throw InputError{field, "serves array dimension " + std::to_string(dimension) + " of an array with " +
                                        std::to_string(array.dimensions.size())};
        }
        if (!seen.insert(dimension).second) {
            throw InputError{field, array.dimensions[dimension].name + " is listed twice"};
        }
    }
}

void check_memory(const Memory& memory, const MacArray& array, const std::string& field)
{
    if (memory.name.empty()) throw InputError{field, "has no name"};
    check_name(memory.name, field, "a name for the memory");
    require_positive(memory.size.count(), field + ".size", "bits");
    require_energy(memory.read_energy, field + ".r_cost");
    require_energy(memory.write_energy, field + ".w_cost");
    if (memory.latency < Cycles{0}) {
        throw InputError{field + ".latency",
                         "is " + std::to_string(memory.latency.count()) + ", expected cycles, zero or more"};
    }
    require_at_most(kMostLatency, memory.latency.count(), field + ".latency", "cycles");
    check_ports(memory.ports, field + ".ports");
    check_services(memory, field);
    check_served_dimensions(memory, array, field + ".served_dimensions");
    const std::int64_t instances = instances_of(memory, array);
    if (saturating_product(memory.size.count(), instances) <= kMostMemoryBits.value()) return;
    throw InputError{field + ".size", "is " + std::to_string(memory.size.count()) + " bits in each of " +
                                          std::to_string(instances) + " instances, expected at most " +
                                          kMostMemoryBits.text() + " bits in all"};
}

/// Directions that an operand cannot do without: everything above the top memory is beyond the accelerator.
std::vector<Direction> needed_directions(MemoryOperand operand, bool top)
{
    const bool output = operand == MemoryOperand::o;
    std::vector<Direction> needed{Direction::read_down};
    if (output) needed.push_back(Direction::write_from_down);
    if (output && !top) needed.push_back(Direction::read_up);
    if (!top) needed.push_back(Direction::write_from_up);
    return needed;
}

void check_directions(const MemoryService& service, bool top, const std::string& field)
{
    for (Direction direction : needed_directions(service.operand, top)) {
        if (service.port[direction]) continue;
        throw InputError{field, "no port for " + std::string{name_of(service.operand)} + ' ' +
                                    std::string{name_of(direction)} + ", expected an allocation of it to a " +
                                    (is_read(direction) ? "read" : "write") + " port"};
    }
}

void check_served(MemoryOperand operand, const std::vector<Memory>& memories)
{
    const auto serves = [operand](const Memory& memory) { return memory.serves(operand); };
    const std::string name{name_of(operand)};
    if (std::none_of(memories.begin(), memories.end(), serves)) {
        throw InputError{"memories", "no memory serves " + name + ", expected at least one level for each operand"};
    }
    const auto levels = static_cast<std::size_t>(std::count_if(memories.begin(), memories.end(), serves));
    if (levels > kMostLevels) {
        throw InputError{"memories", std::to_string(levels) + " memories serve " + name + ", expected at most " +
                                         std::to_string(kMostLevels) + " levels for an operand"};
    }
    if (memories.back().serves(operand)) return;
    throw InputError{field_of(memories, memories.size() - 1) + ".operands",
                     "does not serve " + name + ", expected I1, I2 and O to meet in the last (top) memory"};
}

}  // namespace

std::int64_t instances_of(const Memory& memory, const MacArray& array)
{
    const std::set<std::size_t> served{memory.served_dimensions.begin(), memory.served_dimensions.end()};
    std::int64_t instances = 1;
    for (std::size_t i = 0; i < array.dimensions.size(); ++i)
        if (served.count(i) == 0) instances *= array.dimensions[i].size;
    return instances;
}

std::string field_of(const std::vector<Memory>& memories, MemoryId id)
{
    const std::string& name = memories[id].name;
    return name.empty() ? "memories[" + std::to_string(id) + ']' : "memories." + name;
}

void check_array(const MacArray& array)
{
    std::set<std::string> names;
    std::int64_t units = 1;
    for (std::size_t i = 0; i < array.dimensions.size(); ++i) {
        const std::string index = '[' + std::to_string(i) + ']';
        const ArrayDimension& dimension = array.dimensions[i];
        if (dimension.name.empty()) throw InputError{"operational_array.dimensions" + index, "has no name"};
        check_name(dimension.name, "operational_array.dimensions" + index, "a name for the dimension");
        if (!names.insert(dimension.name).second) {
            throw InputError{"operational_array.dimensions" + index,
                             "another dimension is called " + quoted(dimension.name)};
        }
        require_positive(dimension.size, "operational_array.sizes" + index, "MACs");
        units = saturating_product(units, dimension.size);
        if (units > kMostUnits.value()) {
            throw InputError{"operational_array.sizes" + index, "is " + std::to_string(dimension.size) +
                                                                    ", expected an array of at most " +
                                                                    kMostUnits.text() + " MACs"};
        }
    }
    require_energy(array.mac_energy, "operational_array.unit_energy");
}

void check_memories(const std::vector<Memory>& memories, const MacArray& array)
{
    if (memories.empty()) throw InputError{"memories", "is empty, expected at least one memory"};
    std::set<std::string> names;
    for (MemoryId id = 0; id < memories.size(); ++id) {
        const std::string field = field_of(memories, id);
        check_memory(memories[id], array, field);
        if (!names.insert(memories[id].name).second) {
            throw InputError{field, "another memory is called " + quoted(memories[id].name)};
        }
    }
}

void check_hierarchy(const std::vector<Memory>& memories)
{
    for (MemoryOperand operand : kAllMemoryOperands) check_served(operand, memories);
    for (MemoryId id = 0; id < memories.size(); ++id) {
        const bool top = id + 1 == memories.size();
        for (const MemoryService& service : memories[id].services) {
            check_directions(service, top, field_of(memories, id) + ".ports");
        }
    }
}

}  // namespace plumbline
