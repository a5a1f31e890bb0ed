// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "plumbline/check.hpp"
#include "plumbline/workload_notes.hpp"

namespace plumbline {
namespace {

/// Notes begin with the layer that they are about.
std::string field_of_note(const Workload& workload, const std::string& note)
{
    const auto& layers = workload.layers();
    const auto named = std::find_if(layers.begin(), layers.end(), [&](const Layer& layer) {
        return note.rfind("layer '" + layer.name + '\'', 0) == 0;
    });
    if (named == layers.end()) return {};
    return "layers[" + std::to_string(named - layers.begin()) + ']';
}

void add_notes(const Workload& workload, const std::vector<std::string>& notes, const std::string& meaning,
               std::vector<Finding>& found)
{
    for (const std::string& note : notes)
        found.push_back(
            {Severity::suspicious, DescriptionKind::workload, {{}, 0, field_of_note(workload, note)}, note + meaning});
}

}  // namespace

std::vector<Finding> check_workload(const Workload& workload)
{
    std::vector<Finding> found;
    add_notes(workload, size_notes(workload), "", found);
    add_notes(workload, source_notes(workload), "", found);
    add_notes(workload, product_notes(workload), "", found);
    return found;
}

}  // namespace plumbline
