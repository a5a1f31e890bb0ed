// SPDX-License-Identifier: Apache-2.0
// Reads the descriptions that people write, and writes networks: YAML in the schema of ZigZag v3 (hardware, workload, mapping).
//
// Each error is an InputError with file, line and field. Unknown keys are errors that name the nearest known one; keys
// that ZigZag knows but that do not concern cost (`area`, `mem_type`, `unit_area`, `input_precision`) are accepted. As
// in ZigZag, the last one counts of a key given twice, or of two ports for one direction; names of things must differ.
//
//     Accelerator accelerator = io::read_accelerator("platforms/accelerators/meta_prototype_df.yaml");
#pragma once

#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/io/description_folder.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
/// Readers and writers of descriptions, schedules and other programs' results.
namespace plumbline::io {

/// Memories are listed lowest first; the last one is the top. In-memory-compute arrays, costs that CACTI would have to
/// extract (`auto_cost_extraction` without `r_cost` and `w_cost`) and default dataflows are refused; forced double
/// buffering has no effect, as in ZigZag. \throws InputError
Accelerator read_accelerator(const std::string& path);
/// The same from a text; `filename` is named in errors.
Accelerator parse_accelerator(const std::string& text, const std::string& filename);

/// The workload is called like the file, without folder and extension. An operand whose source is its own layer, or
/// absent, has no producer: weights if it is called W in a product, else the network's input. Operator types may be
/// any text; `DepthwiseConv` is ours, and so is the key `pooling` (maximum, average), which says what `Pooling` computes;
/// where both are silent, implied_operation() decides. D0, D1, D2 are OX, K, C of a matrix product and nothing else. Where some
/// layer has `pr_loop_sizes`, `pr_loop_upsampling` or a `padding` that is not 0, maps have edges (Workload::bounded); where none has, sizes
/// propagate as if every convolution were 'valid', as DeFiNES does it. \throws InputError
Workload read_workload(const std::string& path);
/// The same from a text; the workload is called like `filename`, without folder and extension.
Workload parse_workload(const std::string& text, const std::string& filename);
/// The network that `name` means, a path or built in; a built-in one is called as the folder lists it ("fsrcnn",
/// "defines/resnet18"). \throws InputError, of `field` where the name means nothing
Workload read_workload(const DescriptionFolder& built_in, const std::string& name, const std::string& field);

/// The text that parse_workload() makes the same layers of; the workload's name is the file's. Layers stand in topological order.
/// \throws InputError naming the layer that this notation cannot say: three inputs, weights not called W, an operation that
/// its operator type does not imply
std::string workload_text(const Workload& workload);
/// Writes it into a file, whole or not at all. \throws InputError where the file cannot be written
void write_workload(const std::string& path, const Workload& workload);

/// A hint for an array dimension without unrolling unrolls the hinted loops in their order, each as far as it goes
/// (ZigZag tries several ways); an array dimension with neither stays idle, but a rule without any unrolling and hint unrolls all
/// loops over each dimension of the accelerator along which no register is shared by words that they tell apart. The order of temporal loops is the search's
/// to decide: one by hand is checked and has no effect. D0, D1, D2 are OX, K, C as in workloads. \throws InputError
MappingRules read_mapping(const std::string& path);
/// The same from a text; `filename` is named in errors.
MappingRules parse_mapping(const std::string& text, const std::string& filename);
/// The same, and every array dimension that a rule names must be one of `accelerator`. \throws InputError
MappingRules read_mapping(const std::string& path, const Accelerator& accelerator);
/// The same from a text; `filename` is named in errors.
MappingRules parse_mapping(const std::string& text, const std::string& filename, const Accelerator& accelerator);

}  // namespace plumbline::io
#pragma GCC visibility pop
