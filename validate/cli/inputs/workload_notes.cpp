// SPDX-License-Identifier: Apache-2.0
#include "inputs/workload_notes.hpp"

#include <algorithm>
#include <vector>

#include "inputs/descriptions.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/workload_notes.hpp"

namespace plumbline::cli {
namespace {

/// More would only hide the rest of what is said.
constexpr std::size_t kMostNotes = 8;

std::string joined(const std::vector<std::string>& notes)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(notes.size(), kMostNotes); ++i) text += (i == 0 ? "" : "; ") + notes[i];
    if (notes.size() > kMostNotes) text += "; and " + std::to_string(notes.size() - kMostNotes) + " more";
    return text;
}

}  // namespace

Workload read_workload(const Context& context, const std::string& name)
{
    const std::string path = find_description(Description::workload, name).string();
    Workload workload = io::is_onnx_path(path) ? io::read_onnx(path, context.onnx) : read_described_workload(name);
    if (!built_in_name(Description::workload, name)) say_notes(context, path, workload);
    return workload;
}

void say_notes(const Context& context, const std::string& path, const Workload& workload)
{
    if (const auto notes = size_notes(workload); !notes.empty())
        context.log->warn(
            "{}: {}{}", path,
            workload.bounded() ? "" : "sizes follow from what later layers read, without padding: ", joined(notes));
    for (const auto& notes : {source_notes(workload), product_notes(workload)})
        if (!notes.empty()) context.log->warn("{}: {}", path, joined(notes));
}

}  // namespace plumbline::cli
