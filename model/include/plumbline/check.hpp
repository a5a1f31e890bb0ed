// SPDX-License-Identifier: Apache-2.0
// What in a description is suspicious, though it can be read?
//
// A description that is built is consistent; whether it means what its author thought is another question. These checks know what
// commonly goes wrong in a first one: levels in the wrong order, energies that fall going outward, a port too narrow for the array,
// rules that nobody uses. They find all of it at once and judge nothing that a search has yet to decide. plumbline/io/check_files.hpp
// applies them to files.
//
//     for (const Finding& finding : check_accelerator(accelerator)) std::cout << finding.where.field << ": " << finding.text;
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// How bad a finding is.
enum class Severity : std::uint8_t {
    remark,      ///< good to know; may well be meant
    suspicious,  ///< rarely meant
    error,       ///< cannot be used
};
/// "remark", "suspicious", "error".
std::string_view name_of(Severity severity);

/// Which of the descriptions a finding is in.
enum class DescriptionKind : std::uint8_t {
    accelerator,  ///< array and memories
    workload,     ///< layers
    mapping,      ///< rules
};
/// "accelerator", "workload", "mapping".
std::string_view name_of(DescriptionKind kind);

/// Something that an author should know of a description.
struct Finding {
    Severity severity = Severity::remark;                 ///< how bad it is
    DescriptionKind kind = DescriptionKind::accelerator;  ///< of the description that it is in
    /// The field, as in InputError. Layers are numbered as in Workload::layers(), rules as in MappingRules::rules().
    SourceLocation where;
    std::string text;  ///< what is found and what it means: sentences without a full stop at the end
};
/// All fields equal.
bool operator==(const Finding& a, const Finding& b);

/// Levels whose order, sizes, instances or energies per bit fall going outward, where they commonly rise; ports that carry
/// nothing; memories smaller than a word of theirs.
std::vector<Finding> check_accelerator(const Accelerator& accelerator);

/// Layers that are computed in another size than they declare, and that read what their source does not make.
std::vector<Finding> check_workload(const Workload& workload);

/// Unrollings wider than their array dimension, and array dimensions that the default rule leaves idle.
/// \throws InputError where a rule names an array dimension that does not exist
std::vector<Finding> check_rules(const MappingRules& rules, const Accelerator& accelerator);

/// Rules that no layer uses; suspicious where no operator type is called so either.
std::vector<Finding> check_unused_rules(const MappingRules& rules, const Workload& workload);

/// What shows when layers, rules and accelerator meet: operands that a rule holds nowhere, memories too small for a single
/// iteration, ports that offer less than the array needs each cycle, an off-chip port slower than the whole network computes,
/// layers that leave most of the array idle. Sizes are those that the layers declare, in one tile.
/// \throws InputError where a rule names an array dimension that does not exist
std::vector<Finding> check_layers(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules);

}  // namespace plumbline
#pragma GCC visibility pop
