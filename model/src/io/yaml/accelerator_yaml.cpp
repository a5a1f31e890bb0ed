// SPDX-License-Identifier: Apache-2.0
// ZigZag v3's hardware description. Directions there are seen from the memory: fh and fl are written from the memory
// above and below, th and tl are read towards them.

#include <algorithm>
#include <array>

#include "plumbline/io/yaml.hpp"
#include "text_file.hpp"
#include "yaml/all_errors.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

struct DirectionName {
    std::string_view name;
    Direction direction;
};

constexpr std::array<DirectionName, 4> kDirectionNames{{{"fh", Direction::write_from_up},
                                                        {"tl", Direction::read_down},
                                                        {"fl", Direction::write_from_down},
                                                        {"th", Direction::read_up}}};

struct Allocation {
    MemoryOperand operand = MemoryOperand::i1;
    Direction direction = Direction::read_down;
};

PortType port_type(const YamlField& field)
{
    const std::string name = field.text();
    if (name == "read") return PortType::read;
    if (name == "write") return PortType::write;
    if (name == "read_write") return PortType::read_write;
    field.fail("is '" + name + "', expected read, write or read_write");
}

MemoryOperand memory_operand(const YamlField& field, const std::string& name)
{
    if (const auto operand = memory_operand_named(name)) return *operand;
    field.fail("'" + name + "' is no memory operand, expected I1, I2 or O");
}

/// "I1, tl".
Allocation allocation(const YamlField& field)
{
    const std::string text = field.text();
    const std::size_t comma = text.find(',');
    const std::size_t begin = comma == std::string::npos ? comma : text.find_first_not_of(' ', comma + 1);
    if (begin == std::string::npos)
        field.fail("is '" + text + "', expected an operand and a direction such as 'I1, tl'");
    const std::string name = text.substr(begin);
    for (const DirectionName& each : kDirectionNames) {
        if (each.name == name) return {memory_operand(field, text.substr(0, comma)), each.direction};
    }
    field.fail("'" + name + "' is no direction, expected fh, tl, fl or th");
}

Port port(const YamlField& field)
{
    field.only({"name", "type", "bandwidth_min", "bandwidth_max", "allocation"});
    return {field.at("name").text(), port_type(field.at("type")), Bits{field.at("bandwidth_max").integer()},
            Bits{field.at("bandwidth_min").integer()}};
}

void allocate(Memory& memory, PortId id, const YamlField& field)
{
    const Allocation wanted = allocation(field);
    const auto service = std::find_if(memory.services.begin(), memory.services.end(),
                                      [&](const MemoryService& each) { return each.operand == wanted.operand; });
    if (service == memory.services.end()) {
        field.fail("allocates " + std::string{name_of(wanted.operand)} + ", which is not among the memory's operands");
    }
    service->port[wanted.direction] = id;
}

/// CACTI is not asked: energies come with the description.
Picojoules cost(const YamlField& field, const char* key)
{
    const auto automatic = field.find("auto_cost_extraction");
    const bool extract = automatic && automatic->boolean();
    if (const auto given = field.find(key)) return Picojoules{given->number()};
    if (extract) {
        automatic->fail(std::string{"is true, but costs are not extracted here: give "} + key + " in pJ per access");
    }
    field.fail(std::string{key} + " is missing, expected an energy in pJ per access");
}

std::vector<std::size_t> served_dimensions(const YamlField& field, const MacArray& array)
{
    std::vector<std::size_t> dimensions;
    for (const YamlField& item : field.items()) {
        const auto dimension = array.dimension_named(item.text());
        if (!dimension) item.fail("'" + item.text() + "' is no dimension of the operational array");
        dimensions.push_back(*dimension);
    }
    return dimensions;
}

/// A list of maps from directions to names of ports, as older versions wrote them.
bool is_old_form(const YamlField& ports)
{
    if (!ports.is_list()) return false;
    for (const YamlField& item : ports.items()) {
        if (!item.is_map()) return false;
        for (const auto& entry : item.entries()) {
            const auto same = [&](const DirectionName& each) { return each.name == entry.first; };
            if (std::none_of(kDirectionNames.begin(), kDirectionNames.end(), same)) return false;
        }
    }
    return true;
}

/// A description of ZigZag's has its ports in the old form, then in that of today, which counts there as here.
void check_repeated_ports(const YamlField& memory)
{
    const std::vector<YamlField> given = memory.all("ports");
    for (std::size_t i = 0; i + 1 < given.size(); ++i)
        if (!is_old_form(given[i])) given[i + 1].fail("is given twice");
}

Memory memory(const std::string& name, const YamlField& field, const MacArray& array)
{
    field.only({"size", "r_cost", "w_cost", "area", "latency", "mem_type", "auto_cost_extraction", "operands", "ports",
                "served_dimensions", "force_double_buffering"});
    // As in ZigZag, forcing it changes nothing: buffering follows from the mapping.
    if (const auto forced = field.find("force_double_buffering")) forced->boolean();
    Memory memory;
    memory.name = name;
    memory.size = Bits{field.at("size").integer()};
    memory.read_energy = cost(field, "r_cost");
    memory.write_energy = cost(field, "w_cost");
    memory.latency = Cycles{field.at("latency").integer()};
    for (const YamlField& item : field.at("operands").items()) {
        memory.services.push_back({memory_operand(item, item.text()), {}});
    }
    check_repeated_ports(field);
    for (const YamlField& item : field.at("ports").items()) {
        memory.ports.push_back(port(item));
        for (const YamlField& each : item.at("allocation").items()) allocate(memory, memory.ports.size() - 1, each);
    }
    memory.served_dimensions = served_dimensions(field.at("served_dimensions"), array);
    return memory;
}

void refuse_in_memory_compute(const YamlField& field)
{
    const auto flag = field.find("is_imc");
    if (flag && flag->boolean()) flag->fail("is true, but in-memory-compute (IMC) arrays are not supported");
    for (const char* key : {"imc_type", "bit_serial_precision"}) {
        if (const auto given = field.find(key)) given->fail("in-memory-compute (IMC) arrays are not supported");
    }
    const auto resolution = field.find("adc_resolution");
    if (resolution && resolution->number() != 0) resolution->fail("in-memory-compute (IMC) arrays are not supported");
}

MacArray mac_array(const YamlField& field)
{
    field.only({"dimensions", "sizes", "input_precision", "rereads_inputs", "unit_energy", "unit_area", "is_imc",
                "imc_type", "adc_resolution", "bit_serial_precision"});
    refuse_in_memory_compute(field);
    const auto names = field.at("dimensions").items();
    const auto sizes = field.at("sizes").items();
    if (names.size() != sizes.size()) {
        field.at("sizes").fail("has " + std::to_string(sizes.size()) + " entries, expected one for each of " +
                               std::to_string(names.size()) + " dimensions");
    }
    MacArray array;
    array.mac_energy = Picojoules{field.at("unit_energy").number()};
    const auto rereads = field.find("rereads_inputs");  // not one of ZigZag's keys
    array.rereads_inputs = rereads && rereads->boolean();
    for (std::size_t i = 0; i < names.size(); ++i) array.dimensions.push_back({names[i].text(), sizes[i].integer()});
    return array;
}

void check_keys(const YamlField& root)
{
    root.only({"name", "memories", "operational_array", "dataflows"});
    if (const auto dataflows = root.find("dataflows"))
        dataflows->fail("is not supported: write the unrolling as the default rule of a mapping");
}

/// Memories name dimensions of the array, which says nothing where it is wrong.
bool depends_on_array(const InputError& error)
{
    return error.where().field.find(".served_dimensions[") != std::string::npos;
}

}  // namespace

std::vector<InputError> errors_of_accelerator(const std::string& text, const std::string& filename)
{
    const YamlField root = YamlField::parse(text, filename, {}, "ports");
    std::vector<InputError> errors;
    const bool keys_right = reads(errors, [&] { check_keys(root); });
    // Where a key is misspelt, that it is missing is said once.
    const auto has = [&](const char* key) { return keys_right || root.find(key).has_value(); };
    MacArray array;
    const bool has_array =
        has("operational_array") && reads(errors, [&] { array = mac_array(root.at("operational_array")); });
    if (has("memories"))
        reads(errors, [&] {
            for (const auto& [name, field] : root.at("memories").entries()) {
                if (errors.size() >= kMostErrors) return;
                const bool right = reads(errors, [&, &name = name, &field = field] { memory(name, field, array); });
                if (!right && !has_array && depends_on_array(errors.back())) errors.pop_back();
            }
        });
    if (errors.empty()) reads(errors, [&] { parse_accelerator(text, filename); });
    return errors;
}

Accelerator parse_accelerator(const std::string& text, const std::string& filename)
{
    const YamlField root = YamlField::parse(text, filename, {}, "ports");
    check_keys(root);
    const MacArray array = mac_array(root.at("operational_array"));
    std::vector<Memory> memories;
    for (const auto& [name, field] : root.at("memories").entries()) memories.push_back(memory(name, field, array));
    return with_location(root, [&] { return Accelerator{root.at("name").text(), array, memories}; });
}

Accelerator read_accelerator(const std::string& path)
{
    return parse_accelerator(read_text(path, kMostYamlBytes), path);
}

}  // namespace plumbline::io
