// SPDX-License-Identifier: Apache-2.0
// Does the model say what another program said of the same layers, mappings and copies?
//
// Evaluates every record of a file (plumbline/io/records.hpp). Records that expect a result are compared quantity by
// quantity, and the worst deviation of each is kept; those that expect nothing are scored.
//
//     ReferenceReport report = check_against_reference("fsrcnn.jsonl.gz", accelerator, {});
//     assert(report.worst() <= 1e-9);
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapper.hpp"
#include "plumbline/mapping.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What is checked beside the costs of given mappings.
struct ReferenceCheckOptions {
    /// Where given, the mapping of records of kind `best` is searched too: its energy must be the expected one where as many
    /// orders were tried, and never higher; its latency never higher.
    const MappingRules* rules = nullptr;
    /// Records name layers by their ids; the rules go by the names that this network gives them. Null: by the ids.
    const Workload* workload = nullptr;
    int threads = 0;  ///< of that search; 0: one per core
};

/// How far one quantity is off, over all records.
struct QuantityDeviation {
    std::string quantity;       ///< "energy", "latency", "word_access", …
    std::int64_t compared = 0;  ///< numbers
    double worst = 0;           ///< |deviation|, relative
    std::string record;         ///< where the worst occurs; empty while nothing deviates
};

/// What the model predicts of a record that expects nothing.
struct RecordScore {
    std::string record;   ///< its kind, number and name
    Picojoules energy{};  ///< MACs and memories
    Cycles latency{};     ///< all phases
};

/// How far the model is from a file of records.
struct ReferenceReport {
    std::vector<QuantityDeviation> quantities;    ///< in the order of first use
    std::vector<RecordScore> scores;              ///< in the order of the file
    std::map<std::string, std::int64_t> records;  ///< per kind

    /// The largest deviation of all quantities, as a fraction.
    double worst() const;
};

/// Evaluates all records of the file.
/// \throws InputError for a file or record that cannot be read, or does not fit the accelerator
ReferenceReport check_against_reference(const std::string& path, const Accelerator& accelerator,
                                        const ReferenceCheckOptions& options);

/// Tables of deviations and scores, and whether all is within `tolerance` (a fraction).
std::string reference_text(const ReferenceReport& report, double tolerance);
/// The same in the schema "plumbline/cost/1". Infinite deviations are null.
std::string reference_json(const ReferenceReport& report, double tolerance);

}  // namespace plumbline::validate
#pragma GCC visibility pop
