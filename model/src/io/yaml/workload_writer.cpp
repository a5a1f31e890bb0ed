// SPDX-License-Identifier: Apache-2.0
// Networks as the text that workload_yaml.cpp reads.

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "plumbline/error.hpp"
#include "plumbline/io/yaml.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

/// In the order of the published files: `O[b][k][oy][ox]`, `W[k][c][fy][fx]`.
constexpr std::array kWrittenOrder{LoopDim::b,  LoopDim::g,  LoopDim::k,  LoopDim::c,
                                   LoopDim::oy, LoopDim::ox, LoopDim::fy, LoopDim::fx};

[[noreturn]] void refuse(const Layer& layer, const std::string& problem)
{
    throw InputError{"layer '" + layer.name + '\'', problem};
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string index_of(LoopDim dim) { return lower(std::string{name_of(dim)}); }

std::string term(const Operand& operand)
{
    std::string text = operand.name;
    for (LoopDim dim : kWrittenOrder)
        if (operand.relevant.contains(dim)) text += '[' + index_of(dim) + ']';
    for (const SlidingAxis& axis : operand.sliding) text += '[' + lower(axis.name) + ']';
    return text == operand.name ? text + "[]" : text;
}

/// What a reader takes for weights: W of a product that no layer makes.
bool reads_as_constant(const Operand& input, bool product) { return product && input.name == "W" && !input.source; }

/// Sums and the like have two maps; everything else is a product.
bool is_product(const Layer& layer)
{
    const auto fits = [&](bool product) {
        return std::all_of(layer.inputs.begin(), layer.inputs.end(),
                           [&](const Operand& input) { return input.constant == reads_as_constant(input, product); });
    };
    const bool sum = layer.operator_type == "Add" || layer.operator_type == "Sub" || layer.operator_type == "Concat";
    if (sum ? fits(false) : fits(true)) return !sum;
    if (fits(sum)) return sum;
    refuse(layer, "has weights that are not called W, which YAML cannot say");
}

std::string equation(const Layer& layer)
{
    if (layer.inputs.size() > 2) refuse(layer, "has more than two inputs, which YAML cannot say");
    const bool product = is_product(layer);
    std::string text = term(layer.output) + (product ? "+=" : "=") + term(layer.inputs.front());
    if (layer.inputs.size() == 2) text += (product ? '*' : '+') + term(layer.inputs[1]);
    return text;
}

/// Sliding axes of all inputs, each once. \throws InputError where two have one name
std::vector<SlidingAxis> axes_of(const Layer& layer)
{
    std::vector<SlidingAxis> axes;
    for (const Operand& input : layer.inputs) {
        for (const SlidingAxis& axis : input.sliding) {
            const auto same = [&](const SlidingAxis& each) { return each.name == axis.name; };
            const auto known = std::find_if(axes.begin(), axes.end(), same);
            if (known == axes.end())
                axes.push_back(axis);
            else if (!(*known == axis))
                refuse(layer, "has two axes called " + axis.name + ", which YAML cannot say");
        }
    }
    return axes;
}

std::string relation(const SlidingAxis& axis)
{
    return lower(axis.name) + '=' + std::to_string(axis.stride) + '*' + index_of(axis.position) + '+' +
           std::to_string(axis.dilation) + '*' + index_of(axis.window);
}

DimSet used_dims(const Layer& layer)
{
    DimSet used = layer.output.relevant;
    for (const Operand& input : layer.inputs) {
        for (LoopDim dim : kAllLoopDims)
            if (input.relevant.contains(dim)) used.insert(dim);
        for (const SlidingAxis& axis : input.sliding) {
            used.insert(axis.position);
            used.insert(axis.window);
        }
    }
    return used;
}

void write_loops(YAML::Emitter& out, const Layer& layer)
{
    const DimSet used = used_dims(layer);
    out << YAML::Key << "loop_dims" << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (LoopDim dim : kWrittenOrder)
        if (used.contains(dim)) out << std::string{name_of(dim)};
    out << YAML::EndSeq << YAML::Key << "loop_sizes" << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (LoopDim dim : kWrittenOrder)
        if (used.contains(dim)) out << layer.sizes[dim];
    out << YAML::EndSeq;
}

void write_precisions(YAML::Emitter& out, const Layer& layer)
{
    out << YAML::Key << "operand_precision" << YAML::Value << YAML::Flow << YAML::BeginMap;
    out << YAML::Key << layer.output.name << YAML::Value << layer.output.precision.count();
    out << YAML::Key << layer.output.name + "_final" << YAML::Value << layer.final_precision.count();
    for (const Operand& input : layer.inputs) out << YAML::Key << input.name << YAML::Value << input.precision.count();
    out << YAML::EndMap;
}

/// The layer itself stands for none.
void write_sources(YAML::Emitter& out, const Layer& layer)
{
    out << YAML::Key << "operand_source" << YAML::Value << YAML::Flow << YAML::BeginMap;
    for (const Operand& input : layer.inputs)
        out << YAML::Key << input.name << YAML::Value << input.source.value_or(layer.id);
    out << YAML::EndMap;
}

/// Where one of them is not what axes have that say nothing.
void write_numbers(YAML::Emitter& out, const std::vector<SlidingAxis>& axes, const char* key,
                   std::int64_t SlidingAxis::*number)
{
    const auto is_usual = [&](const SlidingAxis& axis) { return axis.*number == SlidingAxis{}.*number; };
    if (std::all_of(axes.begin(), axes.end(), is_usual)) return;
    out << YAML::Key << key << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const SlidingAxis& axis : axes) out << axis.*number;
    out << YAML::EndSeq;
}

void write_borders(YAML::Emitter& out, std::vector<SlidingAxis> axes)
{
    axes.erase(std::remove_if(axes.begin(), axes.end(), [](const SlidingAxis& axis) { return !axis.size; }),
               axes.end());
    if (axes.empty()) return;
    out << YAML::Key << "pr_loop_dims" << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const SlidingAxis& axis : axes) out << axis.name;
    out << YAML::EndSeq << YAML::Key << "pr_loop_sizes" << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const SlidingAxis& axis : axes) out << *axis.size;
    out << YAML::EndSeq;
    write_numbers(out, axes, "pr_loop_upsampling", &SlidingAxis::upsampling);
    write_numbers(out, axes, "pr_loop_depth_to_space", &SlidingAxis::depth_to_space);
    write_numbers(out, axes, "pr_loop_depth_offset", &SlidingAxis::depth_offset);
    out << YAML::Key << "padding" << YAML::Value << YAML::Flow << YAML::BeginSeq;
    for (const SlidingAxis& axis : axes)
        out << YAML::Flow << YAML::BeginSeq << axis.padding_before << axis.padding_behind << YAML::EndSeq;
    out << YAML::EndSeq;
}

/// The key `pooling` is for the type that does not say which.
void write_operation(YAML::Emitter& out, const Layer& layer)
{
    out << YAML::Key << "operator_type" << YAML::Value << layer.operator_type;
    if (is_pooling(layer.operation) && layer.operator_type == "Pooling")
        out << YAML::Key << "pooling" << YAML::Value
            << (layer.operation == Operation::maximum_pooling ? "maximum" : "average");
    else if (layer.operation != implied_operation(layer))
        refuse(layer,
               "computes another operation than its type '" + layer.operator_type + "' says, which YAML cannot say");
}

void write_layer(YAML::Emitter& out, const Layer& layer)
{
    const std::vector<SlidingAxis> axes = axes_of(layer);
    out << YAML::BeginMap << YAML::Key << "id" << YAML::Value << layer.id;
    out << YAML::Key << "name" << YAML::Value << layer.name;
    write_operation(out, layer);
    out << YAML::Key << "equation" << YAML::Value << equation(layer);
    if (!axes.empty()) {
        out << YAML::Key << "dimension_relations" << YAML::Value << YAML::Flow << YAML::BeginSeq;
        for (const SlidingAxis& axis : axes) out << relation(axis);
        out << YAML::EndSeq;
    }
    write_loops(out, layer);
    write_precisions(out, layer);
    write_sources(out, layer);
    write_borders(out, axes);
    out << YAML::EndMap;
}

}  // namespace

std::string workload_text(const Workload& workload)
{
    YAML::Emitter out;
    out << YAML::BeginSeq;
    for (const Layer& layer : workload.layers()) {
        if (layer.id != workload.layers().front().id) out << YAML::Newline;
        write_layer(out, layer);
    }
    out << YAML::EndSeq;
    return std::string{out.c_str(), out.size()} + '\n';
}

void write_workload(const std::string& path, const Workload& workload) { write_text(path, workload_text(workload)); }

}  // namespace plumbline::io
