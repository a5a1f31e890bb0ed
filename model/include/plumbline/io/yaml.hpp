// SPDX-License-Identifier: Apache-2.0
// Reads the descriptions that people write: YAML in the schema of ZigZag v3 (hardware, workload, mapping).
//
// Each error is an InputError with file, line and field. Unknown keys are errors that name the nearest known one; keys
// that ZigZag knows but that do not concern cost (`area`, `mem_type`, `unit_area`, `input_precision`) are accepted. As
// in ZigZag, the last one counts of a key given twice, or of two ports for one direction; names of things must differ.
//
//     Accelerator accelerator = io::read_accelerator("platforms/accelerators/meta_prototype_df.yaml");
#pragma once

#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::io {

/// Memories are listed lowest first; the last one is the top. In-memory-compute arrays, costs to be extracted with
/// CACTI, forced double buffering and default dataflows are refused. \throws InputError
Accelerator read_accelerator(const std::string& path);
Accelerator parse_accelerator(const std::string& text, const std::string& filename);

/// The workload is called like the file, without folder and extension. An operand whose source is its own layer, or
/// absent, has no producer: weights if it is called W in a product, else the network's input. `padding` and
/// `pr_loop_sizes` are checked for length and otherwise ignored, as DeFiNES does: sizes propagate as if every
/// convolution were 'valid'. \throws InputError
Workload read_workload(const std::string& path);
Workload parse_workload(const std::string& text, const std::string& filename);

/// One loop per array dimension. Temporal orderings and hints are refused: the search decides. \throws InputError
MappingRules read_mapping(const std::string& path);
MappingRules parse_mapping(const std::string& text, const std::string& filename);
/// The same, and every array dimension that a rule names must be one of `accelerator`. \throws InputError
MappingRules read_mapping(const std::string& path, const Accelerator& accelerator);
MappingRules parse_mapping(const std::string& text, const std::string& filename, const Accelerator& accelerator);

}  // namespace plumbline::io
