// SPDX-License-Identifier: Apache-2.0
// What the JSON reports have in common.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "measurement/border.hpp"
#include "plumbline/cost_summary.hpp"
#include "plumbline/validate/report.hpp"

namespace plumbline::validate {

using Json = nlohmann::ordered_json;

/// "schema" and what the report is about: accelerator, workload, mode, tile, cuts. Mode and tile are those of the last
/// stack, which makes the network's output; "stacks" has every stack's.
Json header(const std::string& command, const Subject& subject);
/// {"predicted", "simulated"}
template <class T>
Json both(const Both<T>& pair)
{
    return {{"predicted", pair.predicted.count()}, {"simulated", pair.simulated.count()}};
}
/// Null where infinite: JSON has no such number.
Json finite(double value);
/// Of an exact search: {"mappings", "proven", "gap"}.
Json proof_json(const SearchProof& proof);
/// The letter of an operand in reports: "I", "W", "O".
std::string letter(MemoryOperand operand);
/// {"memory", "operand", "direction"}
Json border_json(const Accelerator& accelerator, const Border& border);
/// {"memory", "operand", "read_down", …}: words by direction.
Json place_json(const Accelerator& accelerator, Place place, const PerDirection<Accesses>& words);
/// {"memory", "port"}
Json port_json(const Accelerator& accelerator, MemoryId memory, PortId port);
/// {"compute", "stall", "loading", "offloading", "copy"}, in cycles.
Json phases_json(const PhaseCycles& phases);
/// The layer's name, or null.
Json layer_name(const Workload& workload, const std::optional<LayerId>& layer);
std::string printed(const Json& json);

}  // namespace plumbline::validate
