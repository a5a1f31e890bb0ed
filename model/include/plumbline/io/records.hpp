// SPDX-License-Identifier: Apache-2.0
// Single evaluations of a cost model, one JSON object a line: a layer under a mapping, or a copy step, and what another
// program (the public DeFiNES) made of it. They are what the model is checked against.
//
// Levels are memories by name, accesses and energies come in the order of kAllDirections. Files may be gzipped.
//
//     io::read_records(path, accelerator, [](const io::Record& record) { … });
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plumbline/copy_cost.hpp"
#include "plumbline/mapping.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// Where the mapping of a record comes from.
enum class RecordKind : std::uint8_t {
    mapping,  ///< given
    best,     ///< found by a search
};

/// One operand's traffic, level 0 first.
struct ExpectedOperand {
    std::string operand;                           ///< the layer's
    std::vector<PerDirection<Accesses>> accesses;  ///< per level
    std::vector<PerDirection<Picojoules>> energy;  ///< per level
};

/// What another program made of a layer.
struct ExpectedLayer {
    Picojoules mac_energy{};                ///< of the MAC array
    Picojoules memory_energy{};             ///< of all levels
    Picojoules energy{};                    ///< of both
    std::vector<ExpectedOperand> operands;  ///< in the order of the mapping's
    Cycles stall{};                         ///< waiting for ports
    Cycles loading{};                       ///< before the first iteration
    Cycles offloading{};                    ///< after the last
    Cycles ideal{};                         ///< every MAC busy every cycle
    Cycles temporal{};                      ///< iterations of the temporal loops
    std::array<Cycles, 3> latency{};        ///< without loading, with loading, with loading and offloading
};

/// A layer under a mapping.
struct MappingRecord {
    RecordKind kind = RecordKind::mapping;  ///< how the mapping was found
    std::string name;                       ///< of the layer
    std::string platform;                   ///< as the other program calls it
    /// Of the tile; records say nothing of sources. Inputs of an addition are both activations (I1).
    Layer layer;
    LayerMapping mapping;                 ///< checked against layer and accelerator
    std::optional<ExpectedLayer> expect;  ///< none where the record gives no results
    std::int64_t searched = 0;            ///< orders that the search tried
    int factors = 0;                      ///< its limit of loop factors
};

/// What another program made of one transfer of a copy step.
struct ExpectedTransfer {
    Picojoules energy{};       ///< of all hops
    std::vector<Cycles> hops;  ///< of each hop
};

/// What another program made of a copy step.
struct ExpectedCopy {
    Picojoules energy{};                      ///< of all transfers
    Cycles latency{};                         ///< until the last has ended
    std::vector<ExpectedTransfer> transfers;  ///< in the order of the record's
};

/// A copy step.
struct CopyRecord {
    std::string name;                     ///< of the layer that the step belongs to
    std::string platform;                 ///< as the other program calls it
    std::vector<CopyTransfer> transfers;  ///< that begin at once
    std::optional<ExpectedCopy> expect;   ///< none where the record gives no results
};

/// One line of a file.
using Record = std::variant<MappingRecord, CopyRecord>;

/// What the records of a file are about, in the other program's words: "Meta_prototype_DF", "workload_fsrcnn".
struct RecordOrigin {
    std::string platform;  ///< of all records of the file
    std::string workload;  ///< empty where the records do not say
    int line = 0;          ///< of the first record
};

/// Of the first record; a file is about one platform. \throws InputError also where there is no record
RecordOrigin origin_of_records(const std::string& path);

/// Calls back for each record in turn; holds one at a time.
/// \throws InputError with line and field for a record that cannot be read or does not fit `accelerator`
void read_records(const std::string& path, const Accelerator& accelerator,
                  const std::function<void(const Record&)>& callback);
/// The record on one line. \throws InputError
Record parse_record(const std::string& text, const std::string& filename, int line, const Accelerator& accelerator);

}  // namespace plumbline::io
#pragma GCC visibility pop
