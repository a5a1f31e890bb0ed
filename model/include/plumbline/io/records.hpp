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

/// A given mapping, or the best one that a search found.
enum class RecordKind : std::uint8_t { mapping, best };

/// One operand's traffic, level 0 first.
struct ExpectedOperand {
    std::string operand;
    std::vector<PerDirection<Accesses>> accesses;
    std::vector<PerDirection<Picojoules>> energy;
};

struct ExpectedLayer {
    Picojoules mac_energy{};
    Picojoules memory_energy{};
    Picojoules energy{};
    std::vector<ExpectedOperand> operands;  ///< in the order of the mapping's
    Cycles stall{};
    Cycles loading{};
    Cycles offloading{};
    Cycles ideal{};
    Cycles temporal{};
    std::array<Cycles, 3> latency{};  ///< without loading, with loading, with loading and offloading
};

struct MappingRecord {
    RecordKind kind = RecordKind::mapping;
    std::string name;      ///< of the layer
    std::string platform;  ///< as the other program calls it
    /// Of the tile; records say nothing of sources. Inputs of an addition are both activations (I1).
    Layer layer;
    LayerMapping mapping;  ///< checked against layer and accelerator
    std::optional<ExpectedLayer> expect;
    std::int64_t searched = 0;  ///< orders that the search tried
    int factors = 0;            ///< its limit of loop factors
};

struct ExpectedMovement {
    Picojoules energy{};
    std::vector<Cycles> hops;
};

struct ExpectedCopy {
    Picojoules energy{};
    Cycles latency{};
    std::vector<ExpectedMovement> movements;  ///< in the order of the record's
};

struct CopyRecord {
    std::string name;
    std::string platform;
    std::vector<CopyTransfer> movements;
    std::optional<ExpectedCopy> expect;
};

using Record = std::variant<MappingRecord, CopyRecord>;

/// What the records of a file are about, in the other program's words: "Meta_prototype_DF", "workload_fsrcnn".
struct RecordOrigin {
    std::string platform;
    std::string workload;  ///< empty where the records do not say
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
