// SPDX-License-Identifier: Apache-2.0
// ZigZag v3's workload description: a list of layers, each an equation over loop dimensions with sizes and sources.

#include <algorithm>
#include <filesystem>
#include <set>

#include "field_path.hpp"
#include "plumbline/io/yaml.hpp"
#include "text_file.hpp"
#include "yaml/all_errors.hpp"
#include "yaml/equation.hpp"
#include "yaml/loop_dim_name.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

constexpr std::int64_t kMostAlongAxis = std::int64_t{1} << 31U;

template <class Value>
Value value_or_fail(const Outcome<Value>& outcome, const YamlField& field)
{
    if (!outcome) field.fail('\'' + field.text() + "' cannot be understood: " + outcome.reason());
    return *outcome;
}

struct LoopDims {
    DimSet present;
    LoopSizes sizes = kUnitLoopSizes;
};

LoopDims loop_dims(const YamlField& layer)
{
    const auto names = layer.at("loop_dims").items();
    const auto sizes = layer.at("loop_sizes").items();
    if (names.size() != sizes.size()) {
        layer.at("loop_sizes")
            .fail("has " + std::to_string(sizes.size()) + " entries, expected one for each of " +
                  std::to_string(names.size()) + " loop_dims");
    }
    LoopDims dims;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto dim = written_loop_dim(names[i].text());
        if (!dim) {
            names[i].fail("'" + names[i].text() + "' is no loop dimension, expected " + std::string{kLoopDimNames});
        }
        if (dims.present.contains(*dim)) names[i].fail(names[i].text() + " is listed twice");
        dims.present.insert(*dim);
        dims.sizes[*dim] = sizes[i].integer();
        if (dims.sizes[*dim] < 1) {
            sizes[i].fail("is " + sizes[i].text() + ", expected a size of at least 1 for " + names[i].text());
        }
    }
    return dims;
}

std::vector<SlidingAxis> relations(const YamlField& layer)
{
    std::vector<SlidingAxis> axes;
    const auto field = layer.find("dimension_relations");
    if (!field) return axes;
    for (const YamlField& item : field->items()) axes.push_back(value_or_fail(parse_relation(item.text()), item));
    return axes;
}

/// Every loop dimension that an operand uses must have a size.
void check_sized(const Operand& operand, const LoopDims& dims, const YamlField& equation)
{
    DimSet used = operand.relevant;
    for (const SlidingAxis& axis : operand.sliding) {
        used.insert(axis.position);
        used.insert(axis.window);
    }
    for (LoopDim dim : kAllLoopDims) {
        if (!used.contains(dim) || dims.present.contains(dim)) continue;
        equation.fail(operand.name + " is indexed by " + std::string{name_of(dim)} + ", which is not among loop_dims");
    }
}

void check_precisions(const YamlField& field, const Equation& equation)
{
    const std::string final_output = equation.output.name + "_final";
    std::vector<std::string_view> known{equation.output.name, final_output};
    for (const Term& input : equation.inputs) known.push_back(input.name);
    field.only(known);
}

/// Dimensions by number must index the operands that their number stands for.
void check_numbered(const YamlField& field, const Layer& layer)
{
    for (const YamlField& name : field.at("loop_dims").items()) {
        const NumberedDim* numbered = numbered_dim(name.text());
        if (numbered == nullptr) continue;
        bool fits = layer.output.relevant.contains(numbered->dim) == numbered->output;
        for (const Operand& input : layer.inputs) {
            const bool expected = input.name == "W" ? numbered->weight : numbered->input;
            fits = fits && input.relevant.contains(numbered->dim) == expected;
        }
        if (fits) continue;
        name.fail(name.text() + " indexes other operands than in " + std::string{kNumberedProduct} +
                  ", expected the same roles or the names " + std::string{kLoopDimNames});
    }
}

/// The layer's own id stands for none.
std::optional<LayerId> source(const YamlField& layer, const std::string& operand, LayerId own)
{
    const auto sources = layer.find("operand_source");
    const auto field = sources ? sources->find(operand) : std::nullopt;
    if (!field) return std::nullopt;
    const LayerId id = field->integer();
    return id == own ? std::nullopt : std::optional<LayerId>{id};
}

void check_sources(const YamlField& layer, const Equation& equation)
{
    const auto field = layer.find("operand_source");
    if (!field) return;
    std::vector<std::string_view> known;
    for (const Term& input : equation.inputs) known.push_back(input.name);
    field->only(known);
}

void check_length(const YamlField& layer, std::string_view key, std::size_t expected)
{
    const auto field = layer.find(key);
    if (!field || field->items().size() == expected) return;
    field->fail("has " + std::to_string(field->items().size()) + " entries, expected one for each of " +
                std::to_string(expected) + " pr_loop_dims");
}

void check_padding(const YamlField& layer)
{
    const auto dims = layer.find("pr_loop_dims");
    const std::size_t count = dims ? dims->items().size() : 0;
    check_length(layer, "padding", count);
    check_length(layer, "pr_loop_sizes", count);
    check_length(layer, "pr_loop_upsampling", count);
    check_length(layer, "pr_loop_depth_to_space", count);
    check_length(layer, "pr_loop_depth_offset", count);
    if (const auto sizes = layer.find("pr_loop_sizes"))
        for (const YamlField& size : sizes->items())
            if (size.integer() < 1 || size.integer() > kMostAlongAxis)
                size.fail("is " + size.text() + ", expected at least 1 (at most 2^31)");
    const auto padding = layer.find("padding");
    if (!padding) return;
    // Where the size of a map is known, windows may begin within it: below zero is what they leave out.
    const std::int64_t least = layer.find("pr_loop_sizes") ? -kMostAlongAxis : 0;
    for (const YamlField& item : padding->items()) {
        if (item.items().size() != 2) item.fail("expected two amounts, before and behind");
        for (const YamlField& amount : item.items()) {
            if (amount.integer() < least || amount.integer() > kMostAlongAxis)
                amount.fail(
                    "is " + amount.text() + ", expected " +
                    (least < 0 ? "-2^31 to 2^31" : "zero or more (at most 2^31), as there are no pr_loop_sizes"));
        }
    }
}

/// `padding`, `pr_loop_sizes`, `pr_loop_upsampling`, `pr_loop_depth_to_space` and `pr_loop_depth_offset` (not ZigZag's) have an entry for each of
/// `pr_loop_dims`, which are names of sliding axes.
void add_edges(const YamlField& field, Layer& layer)
{
    const auto dims = field.find("pr_loop_dims");
    if (!dims) return;
    const auto padding = field.find("padding");
    const auto sizes = field.find("pr_loop_sizes");
    const auto upsampling = field.find("pr_loop_upsampling");
    const auto depth = field.find("pr_loop_depth_to_space");
    const auto offset = field.find("pr_loop_depth_offset");
    const auto names = dims->items();
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (Operand& input : layer.inputs) {
            for (SlidingAxis& axis : input.sliding) {
                if (axis.name != axis_name(names[i].text())) continue;
                if (sizes) axis.size = sizes->items()[i].integer();
                if (upsampling) axis.upsampling = upsampling->items()[i].integer();
                if (depth) axis.depth_to_space = depth->items()[i].integer();
                if (offset) axis.depth_offset = offset->items()[i].integer();
                if (!padding) continue;
                axis.padding_before = padding->items()[i].items()[0].integer();
                axis.padding_behind = padding->items()[i].items()[1].integer();
            }
        }
    }
}

/// As the operator type says; the key `pooling` (not one of ZigZag's) tells which pooling where the type does not.
Operation operation_of(const YamlField& field, const Layer& layer)
{
    const Operation implied = implied_operation(layer);
    const auto function = field.find("pooling");
    if (!function) return implied;
    const auto pooling = pooling_named(function->text());
    if (!pooling) function->fail('\'' + function->text() + "' is no pooling function, expected maximum or average");
    if (!is_pooling(implied)) {
        function->fail("the operator type '" + layer.operator_type + "' is no pooling, expected no such key");
    }
    if (layer.operator_type != "Pooling" && *pooling != implied) {
        function->fail("is " + function->text() + ", but the operator type is '" + layer.operator_type + '\'');
    }
    return *pooling;
}

Layer layer_of(const YamlField& field)
{
    field.only({"id", "name", "operator_type", "pooling", "equation", "dimension_relations", "loop_dims", "loop_sizes",
                "operand_precision", "operand_source", "padding", "pr_loop_dims", "pr_loop_sizes", "pr_loop_upsampling",
                "pr_loop_depth_to_space", "pr_loop_depth_offset"});
    Layer layer;
    layer.id = field.at("id").integer();
    const auto name = field.find("name");
    layer.name = name ? name->text() : std::to_string(layer.id);
    layer.operator_type = field.at("operator_type").text();
    const LoopDims dims = loop_dims(field);
    layer.sizes = dims.sizes;
    const YamlField written = field.at("equation");
    const Equation equation = value_or_fail(parse_equation(written.text()), written);
    const auto axes = relations(field);
    const YamlField precision = field.at("operand_precision");
    check_precisions(precision, equation);
    check_sources(field, equation);
    check_padding(field);
    const auto make_operand = [&](const Term& term) {
        Operand operand = value_or_fail(operand_of(term, axes), written);
        check_sized(operand, dims, written);
        operand.precision = Bits{precision.at(term.name).integer()};
        return operand;
    };
    layer.output = make_operand(equation.output);
    layer.final_precision = Bits{precision.at(equation.output.name + "_final").integer()};
    for (const Term& term : equation.inputs) {
        layer.inputs.push_back(make_operand(term));
        layer.inputs.back().source = source(field, term.name, layer.id);
        layer.inputs.back().constant = !layer.inputs.back().source && is_weight(term, equation);
    }
    check_numbered(field, layer);
    add_edges(field, layer);
    layer.operation = operation_of(field, layer);
    return layer;
}

/// Layers of a file, with their places there.
struct PlacedLayer {
    std::size_t place = 0;
    Layer layer;
};

/// The place in the file of the layer that an error of a workload names; nothing where it names none.
std::optional<std::size_t> index_of(const std::string& field)
{
    constexpr std::string_view kLayers = "layers[";
    if (field.compare(0, kLayers.size(), kLayers) != 0) return std::nullopt;
    return static_cast<std::size_t>(std::stoul(field.substr(kLayers.size())));
}

/// The same error, by the number that the layer has in its file.
InputError placed(const InputError& error, std::size_t place)
{
    const std::string& field = error.where().field;
    return InputError{"layers[" + std::to_string(place) + field.substr(field.find(']')), error.problem()};
}

/// Without a layer, and all that read it, or one of those.
void leave_out(std::vector<PlacedLayer>& layers, std::set<LayerId> wrong)
{
    const auto reads_wrong = [&](const PlacedLayer& each) {
        return std::any_of(each.layer.inputs.begin(), each.layer.inputs.end(),
                           [&](const Operand& input) { return input.source && wrong.count(*input.source) > 0; });
    };
    for (bool more = true; more;) {
        const auto kept = std::stable_partition(layers.begin(), layers.end(),
                                                [&](const PlacedLayer& each) { return !reads_wrong(each); });
        more = kept != layers.end();
        for (auto each = kept; each != layers.end(); ++each) wrong.insert(each->layer.id);
        layers.erase(kept, layers.end());
    }
}

/// Whether a network of these layers is right; else notes the first error, and leaves out its layer and those behind it.
bool judge(std::vector<PlacedLayer>& layers, const YamlField& root, std::vector<InputError>& errors)
{
    std::vector<Layer> all;
    all.reserve(layers.size());
    for (const PlacedLayer& each : layers) all.push_back(each.layer);
    try {
        if (!all.empty()) Workload("checked", std::move(all));
        return true;
    } catch (const InputError& error) {
        const auto index = index_of(error.where().field);
        errors.push_back(root.located(index ? placed(error, layers[*index].place) : error));
        if (!index) return true;
        const LayerId wrong = layers[*index].layer.id;
        layers.erase(layers.begin() + static_cast<std::ptrdiff_t>(*index));
        const bool named_twice = std::any_of(layers.begin(), layers.end(),
                                             [wrong](const PlacedLayer& each) { return each.layer.id == wrong; });
        if (!named_twice) leave_out(layers, {wrong});
        return false;
    }
}

}  // namespace

std::vector<InputError> errors_of_workload(const std::string& text, const std::string& filename)
{
    const YamlField root = YamlField::parse(text, filename, "layers");
    std::vector<InputError> errors;
    std::vector<PlacedLayer> layers;
    std::set<LayerId> wrong;
    std::size_t place = 0;
    bool all_named = true;
    for (const YamlField& item : root.items()) {
        if (!reads(errors, [&] { layers.push_back({place, layer_of(item)}); })) {
            std::vector<InputError> none;
            all_named = reads(none, [&] { wrong.insert(item.at("id").integer()); }) && all_named;
        }
        ++place;
    }
    leave_out(layers, wrong);
    // Where a layer's id cannot be read, who reads it may be anyone.
    while (all_named && errors.size() < kMostErrors && !judge(layers, root, errors)) {}
    if (errors.empty()) reads(errors, [&] { parse_workload(text, filename); });
    return errors;
}

Workload parse_workload(const std::string& text, const std::string& filename)
{
    const YamlField root = YamlField::parse(text, filename, "layers");
    std::vector<Layer> layers;
    for (const YamlField& item : root.items()) layers.push_back(layer_of(item));
    return with_location(root, [&] {
        return Workload{std::filesystem::path{filename}.stem().string(), std::move(layers)};
    });
}

Workload read_workload(const std::string& path)
{
    if (std::filesystem::path{path}.extension() == ".onnx")
        throw InputError{SourceLocation{path, 0, {}}, "is an ONNX file, expected YAML ('plumbline import' makes it)"};
    return parse_workload(read_text(path, kMostYamlBytes), path);
}

Workload read_workload(const DescriptionFolder& built_in, const std::string& name, const std::string& field)
{
    Workload workload = read_workload(built_in.find(Description::workload, name, field));
    const auto listed = built_in.listed_name(Description::workload, name);
    return listed ? Workload{*listed, workload.layers()} : workload;
}

}  // namespace plumbline::io
