// SPDX-License-Identifier: Apache-2.0
// What ZigZag v3 writes as a result: the JSON of its CompleteSaveStage, "<layer>_complete.json" or "overall_complete.json".
//
// Facts only, in ZigZag's own terms: words accessed per operand of the layer and level of the memory hierarchy, level 0
// nearest to the MACs, and cycles by phase. Versions up to 3.7 write the four directions as a text, later ones as an object;
// both are understood. What is not needed is skipped.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// Accesses of one operand.
struct ZigzagOperand {
    std::string name;                                 ///< the layer's: "I", "W", "O"
    std::string memory_operand;                       ///< what the layer links it to; by convention where it is silent
    std::vector<PerDirection<double>> word_accesses;  ///< per level
};

/// One layer, or the sum of all.
struct ZigzagResult {
    int line = 0;                         ///< where it begins
    std::optional<std::string> layer;     ///< none: the sum over all layers
    std::vector<ZigzagOperand> operands;  ///< one per operand
    double energy_pj = 0;                 ///< picojoules
    double onloading = 0;                 ///< cycles
    double computation = 0;               ///< stalls included
    double offloading = 0;                ///< cycles
};

/// One result, or a list of them. \throws InputError with file, line and field
std::vector<ZigzagResult> read_zigzag_results(const std::string& path);

}  // namespace plumbline::io
#pragma GCC visibility pop
