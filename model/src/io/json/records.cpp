// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/records.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "compressed_lines.hpp"
#include "json/json_field.hpp"
#include "json/json_values.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/workload.hpp"
#include "yaml/equation.hpp"

namespace plumbline::io {
namespace {

template <class Value>
Value value_or_fail(const Outcome<Value>& outcome, const JsonField& field)
{
    if (!outcome) field.fail("cannot be understood: " + outcome.reason());
    return *outcome;
}

/// \throws InputError beyond what any result is, where differences would overflow
double amount(const JsonField& field)
{
    constexpr double kMost = 1e30;
    const double value = field.number();
    if (std::abs(value) > kMost) field.fail("is " + shortest_text(value) + ", expected at most 1e30");
    return value;
}

Cycles cycles(const JsonField& field)
{
    constexpr std::int64_t kMost = std::int64_t{1} << 53U;
    const std::int64_t value = field.integer();
    if (value > kMost || value < -kMost) field.fail("is " + std::to_string(value) + ", expected at most 2^53 cycles");
    return Cycles{value};
}

/// Names are ids where they are numbers.
LayerId id_named(const std::string& name)
{
    LayerId id = 0;
    std::from_chars(name.data(), name.data() + name.size(), id);
    return id;
}

std::vector<SlidingAxis> relations_of(const JsonField& record)
{
    std::vector<SlidingAxis> axes;
    const auto field = record.find("equation_relations");
    if (!field) return axes;
    for (const JsonField& item : field->items()) axes.push_back(value_or_fail(parse_relation(item.text()), item));
    return axes;
}

LoopSizes record_sizes_of(const JsonField& field)
{
    std::vector<std::string_view> known;
    known.reserve(kAllLoopDims.size());
    for (LoopDim dim : kAllLoopDims) known.push_back(name_of(dim));
    field.only(known);
    LoopSizes sizes = kUnitLoopSizes;
    for (LoopDim dim : kAllLoopDims) {
        const auto size = field.find(name_of(dim));
        if (size) sizes[dim] = size->integer();
        if (sizes[dim] < 1) size->fail("is " + std::to_string(sizes[dim]) + ", expected at least 1");
    }
    return sizes;
}

Equation equation_of(const JsonField& record)
{
    const JsonField field = record.at("equation");
    return value_or_fail(parse_equation(field.text()), field);
}

/// Records do not say it; it finds the mapping rule of the layer.
std::string operator_type_of(Operation operation)
{
    switch (operation) {
        case Operation::addition: return "Add";
        case Operation::maximum_pooling:
        case Operation::average_pooling: return "Pooling";
        case Operation::depthwise_convolution: return "DepthwiseConv";
        case Operation::convolution:
        case Operation::transposed_convolution:
        case Operation::matrix_product:
        case Operation::concatenation:
        case Operation::other: break;
    }
    return "Conv";
}

Layer layer_of(const JsonField& record, const Equation& equation)
{
    Layer layer;
    layer.name = record.at("layer").text();
    layer.id = id_named(layer.name);
    layer.sizes = record_sizes_of(record.at("loop_dim_size"));
    const auto axes = relations_of(record);
    const JsonField precision = record.at("operand_precision");
    const auto make_operand = [&](const Term& term) {
        Operand operand = value_or_fail(operand_of(term, axes), record.at("equation"));
        operand.precision = Bits{precision.at(term.name).integer()};
        return operand;
    };
    layer.output = make_operand(equation.output);
    layer.final_precision = Bits{precision.at(equation.output.name + "_final").integer()};
    for (const Term& term : equation.inputs) {
        layer.inputs.push_back(make_operand(term));
        layer.inputs.back().constant = is_weight(term, equation);
    }
    const bool sum = equation.combination == Combination::sum;
    layer.operation = sum ? Operation::addition : implied_operation(layer);
    layer.operator_type = operator_type_of(layer.operation);
    return layer;
}

OperandMapping operand_mapping_of(const JsonField& record, const std::string& operand, bool activations,
                                  const Accelerator& accelerator)
{
    OperandMapping mapping;
    mapping.operand = operand;
    const MemoryOperand link = memory_operand_of(record.at("operand_link").at(operand));
    // An addition's second input is listed under I2 with the memories of I1, which is where it is.
    mapping.memory_operand = activations ? MemoryOperand::i1 : link;
    for (const JsonField& name : record.at("levels").at(name_of(link)).items()) {
        mapping.levels.push_back(memory_of(name, accelerator));
    }
    mapping.temporal = temporal_loops_of(record.at("temporal").at(operand));
    mapping.spatial = spatial_loops_of(record.at("spatial").at(operand));
    return mapping;
}

LayerMapping mapping_of(const JsonField& record, const Layer& layer, const Equation& equation,
                        const Accelerator& accelerator)
{
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands.push_back(operand_mapping_of(record, layer.output.name, false, accelerator));
    const bool sum = equation.combination == Combination::sum;
    for (const Operand& input : layer.inputs) {
        mapping.operands.push_back(operand_mapping_of(record, input.name, sum, accelerator));
    }
    return mapping;
}

template <class Value>
std::vector<PerDirection<Value>> per_level(const JsonField& field, std::size_t levels)
{
    std::vector<PerDirection<Value>> found;
    for (const JsonField& level : field.items(levels)) {
        const auto values = level.items(kAllDirections.size());
        found.emplace_back();
        for (std::size_t i = 0; i < values.size(); ++i) found.back()[kAllDirections[i]] = Value{amount(values[i])};
    }
    return found;
}

ExpectedLayer expected_layer_of(const JsonField& field, const LayerMapping& mapping)
{
    ExpectedLayer expected;
    expected.mac_energy = Picojoules{amount(field.at("mac_energy"))};
    expected.memory_energy = Picojoules{amount(field.at("mem_energy"))};
    expected.energy = Picojoules{amount(field.at("energy"))};
    for (const OperandMapping& operand : mapping.operands) {
        const std::size_t levels = operand.levels.size();
        expected.operands.push_back({operand.operand,
                                     per_level<Accesses>(field.at("word_access").at(operand.operand), levels),
                                     per_level<Picojoules>(field.at("energy_breakdown").at(operand.operand), levels)});
    }
    expected.stall = cycles(field.at("stall"));
    expected.loading = cycles(field.at("loading"));
    expected.offloading = cycles(field.at("offloading"));
    expected.ideal = cycles(field.at("ideal_cycle"));
    expected.temporal = cycles(field.at("temporal_cycle"));
    const auto latency = field.at("latency").items(expected.latency.size());
    for (std::size_t i = 0; i < latency.size(); ++i) expected.latency[i] = cycles(latency[i]);
    return expected;
}

int factors_of(const JsonField& field)
{
    const std::int64_t value = field.integer();
    if (value < 0 || value > std::numeric_limits<int>::max())
        field.fail("is " + std::to_string(value) + ", expected a number of loop factors");
    return static_cast<int>(value);
}

/// Names of fields that a workload writes otherwise.
std::string field_in_record(std::string field)
{
    constexpr std::string_view kOfLayer = "layers[0].";
    if (field.rfind(kOfLayer, 0) == 0) field.erase(0, kOfLayer.size());
    if (field == "loop_sizes") return "loop_dim_size";
    return field == "dimension_relations" ? "equation_relations" : field;
}

/// A layer that a workload could not have is none.
void check_alone(const Layer& layer, const JsonField& record)
{
    try {
        Workload{"record", {layer}};
    } catch (const InputError& error) {
        record.fail_at(field_in_record(error.where().field), error.problem());
    }
}

MappingRecord mapping_record_of(const JsonField& record, RecordKind kind, const Accelerator& accelerator)
{
    MappingRecord found;
    found.kind = kind;
    const Equation equation = equation_of(record);
    found.layer = layer_of(record, equation);
    check_alone(found.layer, record);
    found.name = found.layer.name;
    found.platform = record.at("platform").text();
    found.mapping = mapping_of(record, found.layer, equation, accelerator);
    try {
        check(found.mapping, found.layer, accelerator);
    } catch (const InputError& error) {
        record.fail("the mapping does not fit: " + error.where().field + ": " + error.problem());
    }
    if (const auto expect = record.find("expect")) found.expect = expected_layer_of(*expect, found.mapping);
    if (const auto searched = record.find("searched")) found.searched = searched->integer();
    if (const auto factors = record.find("lpf")) found.factors = factors_of(*factors);
    return found;
}

/// `["I1", 2, "dram"]`: operand, level, memory.
Place record_place_of(const JsonField& field, const Accelerator& accelerator)
{
    const auto parts = field.items(3);
    const Place place{memory_operand_of(parts[0]), memory_of(parts[2], accelerator)};
    const auto level = accelerator.level_of(place.operand, place.memory);
    if (!level || static_cast<std::int64_t>(*level) != parts[1].integer()) {
        field.fail(accelerator.memory(place.memory).name + " is not level " + std::to_string(parts[1].integer()) +
                   " of " + std::string{name_of(place.operand)});
    }
    return place;
}

ExpectedTransfer expected_transfer_of(const JsonField& action)
{
    ExpectedTransfer expected{Picojoules{amount(action.at("energy"))}, {}};
    for (const JsonField& hop : action.at("hops").items()) expected.hops.push_back(cycles(hop));
    return expected;
}

constexpr std::int64_t kMostCopied = std::int64_t{1} << 53U;  // bits

CopyRecord copy_record_of(const JsonField& record, const Accelerator& accelerator)
{
    CopyRecord found;
    found.name = record.at("layer").text();
    found.platform = record.at("platform").text();
    if (const auto expect = record.find("expect")) {
        found.expect = ExpectedCopy{Picojoules{amount(expect->at("energy"))}, cycles(expect->at("latency")), {}};
    }
    for (const JsonField& action : record.at("actions").items()) {
        const std::int64_t bits = action.at("bits").integer();
        if (bits < 0) action.at("bits").fail("is " + std::to_string(bits) + ", expected zero or more");
        if (bits > kMostCopied) action.at("bits").fail("is " + std::to_string(bits) + ", expected at most 2^53");
        found.transfers.push_back({Bits{bits}, record_place_of(action.at("src"), accelerator),
                                   record_place_of(action.at("dst"), accelerator)});
        if (found.expect) found.expect->transfers.push_back(expected_transfer_of(action));
    }
    return found;
}

}  // namespace

Record parse_record(const std::string& text, const std::string& filename, int line, const Accelerator& accelerator)
{
    const JsonDocument document{text, filename, line};
    const JsonField record{document};
    const std::string kind = record.at("kind").text();
    if (kind == "mapping") return mapping_record_of(record, RecordKind::mapping, accelerator);
    if (kind == "best") return mapping_record_of(record, RecordKind::best, accelerator);
    if (kind == "copy") return copy_record_of(record, accelerator);
    record.at("kind").fail('\'' + kind + "' is unknown, expected mapping, best or copy");
}

RecordOrigin origin_of_records(const std::string& path)
{
    CompressedLines lines{path};
    while (const auto line = lines.next()) {
        if (line->find_first_not_of(" \t") == std::string::npos) continue;
        const JsonDocument document{*line, path, lines.line()};
        const JsonField record{document};
        const auto workload = record.find("workload");
        return {record.at("platform").text(), workload ? workload->text() : "", lines.line()};
    }
    throw InputError{SourceLocation{path, 0, {}}, "has no records"};
}

void read_records(const std::string& path, const Accelerator& accelerator,
                  const std::function<void(const Record&)>& callback)
{
    CompressedLines lines{path};
    while (const auto line = lines.next()) {
        if (line->find_first_not_of(" \t") == std::string::npos) continue;
        callback(parse_record(*line, path, lines.line(), accelerator));
    }
}

}  // namespace plumbline::io
