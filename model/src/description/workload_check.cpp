// SPDX-License-Identifier: Apache-2.0
#include "description/workload_check.hpp"

#include <algorithm>
#include <set>

#include "description/basics/bounds.hpp"
#include "description/basics/names.hpp"
#include "description/basics/saturating.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

void check_sizes(const LoopSizes& sizes, const std::string& field)
{
    std::int64_t macs = 1;
    for (LoopDim dim : kAllLoopDims) {
        const std::string size = std::string{name_of(dim)} + " is " + std::to_string(sizes[dim]);
        if (sizes[dim] < 1) throw InputError{field, size + ", expected a size of at least 1"};
        macs = saturating_product(macs, sizes[dim]);
        if (macs > kMostMacs.value())
            throw InputError{field, size + ", expected a layer of at most " + kMostMacs.text() + " MACs"};
    }
}

void check_axis(const Operand& operand, const SlidingAxis& axis, const std::string& field)
{
    if (axis.stride < 1 || axis.dilation < 1) {
        throw InputError{field, axis.name + " has a factor below 1, expected positive integers"};
    }
    require_at_most(kMostPositions, std::max(axis.stride, axis.dilation), field, "for a factor of " + axis.name);
    if (axis.position == axis.window) {
        throw InputError{field, axis.name + " slides along " + std::string{name_of(axis.position)} +
                                    " twice, expected two loop dimensions"};
    }
    for (LoopDim dim : {axis.position, axis.window}) {
        if (!operand.relevant.contains(dim)) continue;
        throw InputError{field, std::string{name_of(dim)} + " indexes " + operand.name + " both alone and within " +
                                    axis.name + ", expected one of the two"};
    }
}

/// Maps are repeated along rows and columns alone; weights are not.
void check_upsampling(const Operand& operand, const SlidingAxis& axis, const std::string& field)
{
    if (axis.upsampling == 1) return;
    const std::string is = "is " + std::to_string(axis.upsampling) + " along " + axis.name;
    if (axis.upsampling < 1) throw InputError{field, is + ", expected at least 1"};
    require_at_most(kMostPositions, axis.upsampling, field, "times along " + axis.name);
    const bool along_map = axis.position == LoopDim::ox || axis.position == LoopDim::oy;
    if (along_map && !operand.constant) return;
    throw InputError{field, is + " of " + operand.name + ", expected rows and columns of a map"};
}

/// Channels of a pixel are positions of rows and columns alone; weights have none.
void check_depth_to_space(const Operand& operand, const SlidingAxis& axis, const std::string& depth_field)
{
    if (axis.depth_offset < 0 || axis.depth_offset >= std::max<std::int64_t>(1, axis.depth_to_space))
        throw InputError{depth_field + "offset", "is " + std::to_string(axis.depth_offset) + " along " + axis.name +
                                                     ", expected 0 or more, and less than lie in an element"};
    if (axis.depth_to_space == 1) return;
    const std::string field = depth_field + "to_space";
    const std::string is = "is " + std::to_string(axis.depth_to_space) + " along " + axis.name;
    if (axis.depth_to_space < 1) throw InputError{field, is + ", expected at least 1"};
    require_at_most(kMostInDepth, axis.depth_to_space, field, "positions along " + axis.name);
    for (const SlidingAxis& each : operand.sliding)
        if (each.upsampling > 1)
            throw InputError{field, is + " of a map that is up-sampled too, expected a layer between that makes it"};
    const bool along_map = axis.position == LoopDim::ox || axis.position == LoopDim::oy;
    if (along_map && !operand.constant) return;
    throw InputError{field, is + " of " + operand.name + ", expected rows and columns of a map"};
}

void check_operand(const Operand& operand, const std::string& field)
{
    if (operand.name.empty()) throw InputError{field + ".equation", "an operand has no name"};
    // Pooling is written with a constant W of no bits.
    const std::int64_t least = operand.constant ? 0 : 1;
    if (operand.precision.count() < least) {
        throw InputError{field + ".operand_precision." + operand.name,
                         "is " + std::to_string(operand.precision.count()) + ", expected a positive number of bits"};
    }
    require_at_most(kMostPrecision, operand.precision.count(), field + ".operand_precision." + operand.name, "bits");
    if (operand.constant && operand.source) {
        throw InputError{field + ".operand_source." + operand.name,
                         "is layer " + std::to_string(*operand.source) + ", but the operand is constant"};
    }
    for (const SlidingAxis& axis : operand.sliding) {
        check_axis(operand, axis, field + ".dimension_relations");
        check_upsampling(operand, axis, field + ".pr_loop_upsampling");
        check_depth_to_space(operand, axis, field + ".pr_loop_depth_");
    }
}

void check_output(const Layer& layer, const std::string& field)
{
    check_operand(layer.output, field);
    if (layer.output.constant || layer.output.source) {
        throw InputError{field + ".operand_source." + layer.output.name,
                         "an output is made by its own layer, expected no source"};
    }
    if (!layer.output.sliding.empty()) {
        throw InputError{field + ".equation", "the output slides along " + layer.output.sliding.front().name +
                                                  ", expected loop dimensions alone"};
    }
    if (layer.final_precision.count() < 1) {
        throw InputError{
            field + ".operand_precision." + layer.output.name + "_final",
            "is " + std::to_string(layer.final_precision.count()) + ", expected a positive number of bits"};
    }
    require_at_most(kMostPrecision, layer.final_precision.count(),
                    field + ".operand_precision." + layer.output.name + "_final", "bits");
}

/// From the first position that a layer reads along an axis to the last.
std::int64_t reach(const SlidingAxis& axis, const LoopSizes& sizes)
{
    const std::int64_t positions = saturating_product(sizes[axis.position] - 1, axis.stride);
    const std::int64_t window = saturating_product(sizes[axis.window] - 1, axis.dilation);
    return saturating_sum(saturating_sum(positions, window), 1);
}

/// An operand with the gaps that strides and dilations leave.
void check_extent(const Operand& operand, const LoopSizes& sizes, const std::string& field)
{
    std::int64_t bits = std::max<std::int64_t>(1, operand.precision.count());
    for (LoopDim dim : kAllLoopDims)
        if (operand.relevant.contains(dim)) bits = saturating_product(bits, sizes[dim]);
    for (const SlidingAxis& axis : operand.sliding) {
        const std::int64_t positions = reach(axis, sizes);
        if (positions > kMostPositions.value()) {
            throw InputError{field + ".dimension_relations", axis.name + " reaches over " + std::to_string(positions) +
                                                                 " positions, expected at most " +
                                                                 kMostPositions.text()};
        }
        bits = saturating_product(bits, positions);
    }
    if (bits <= kMostMapBits.value()) return;
    throw InputError{field + ".loop_sizes",
                     "operand " + operand.name + " has more than " + kMostMapBits.text() + " bits"};
}

bool uses(const Operand& operand, LoopDim dim)
{
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position == dim || axis.window == dim) return true;
    }
    return operand.relevant.contains(dim);
}

void check_dims_used(const Layer& layer, const std::string& field)
{
    for (LoopDim dim : kAllLoopDims) {
        bool used = layer.sizes[dim] == 1 || uses(layer.output, dim);
        for (const Operand& input : layer.inputs) used = used || uses(input, dim);
        if (used) continue;
        throw InputError{field + ".loop_dims", std::string{name_of(dim)} + " has " + std::to_string(layer.sizes[dim]) +
                                                   " iterations, but no operand uses it"};
    }
}

}  // namespace

void check_layer(const Layer& layer, const std::string& field)
{
    check_name(layer.name, field + ".name", "a name for the layer");
    check_sizes(layer.sizes, field + ".loop_sizes");
    check_output(layer, field);
    if (layer.inputs.empty()) throw InputError{field + ".equation", "has no inputs, expected at least one"};
    std::set<std::string> names{layer.output.name};
    for (const Operand& input : layer.inputs) {
        check_operand(input, field);
        if (names.insert(input.name).second) continue;
        throw InputError{field + ".equation", "operand " + input.name + " occurs twice"};
    }
    check_dims_used(layer, field);
    check_extent(layer.output, layer.sizes, field);
    for (const Operand& input : layer.inputs) check_extent(input, layer.sizes, field);
}

}  // namespace plumbline
