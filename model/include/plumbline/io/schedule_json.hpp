// SPDX-License-Identifier: Apache-2.0
// Schedules as JSON, so that another program can plan them or run them.
//
// The document says `"schema": "plumbline/schedule/1"`, calls memories and enumerators by name, and gives back exactly
// the schedule that was written. Objects and fields are those of plumbline/schedule.hpp; a step says which it is:
// `{"step": "copy", "before_layer": 3, "copies": [...]}` or `{"step": "compute", "layer": 3, "mapping": {...}}`. Of a region,
// `row_step` and `column_step` are written where they are not 1, `input` where it is not 0.
#pragma once

#include <string>

#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// \pre the schedule's memories are the accelerator's
/// The schedule as a JSON document.
std::string to_json(const Schedule& schedule, const Accelerator& accelerator);
/// \throws InputError with line and field
/// The schedule in a text; `filename` is named in errors.
Schedule schedule_from_json(const std::string& text, const std::string& filename, const Accelerator& accelerator);
/// The same, and checks the schedule against the workload. \throws InputError with line and field
Schedule schedule_from_json(const std::string& text, const std::string& filename, const Accelerator& accelerator,
                            const Workload& workload);

/// The mapping of a layer, in one line: the object that a schedule has as a step's "mapping".
std::string to_json(const LayerMapping& mapping, const Accelerator& accelerator);
/// The mapping in such a text. \throws InputError where it is none, or does not fit layer and accelerator
LayerMapping mapping_from_json(const std::string& text, const std::string& filename, const Accelerator& accelerator,
                               const Layer& layer);

/// Replaces the file at once: whoever reads it meets the old one or the new one, complete. \throws InputError
void write_schedule(const std::string& path, const Schedule& schedule, const Accelerator& accelerator);
/// \throws InputError
/// The schedule in a file.
Schedule read_schedule(const std::string& path, const Accelerator& accelerator);
/// The same, and checks the schedule against the workload. \throws InputError with line and field
Schedule read_schedule(const std::string& path, const Accelerator& accelerator, const Workload& workload);

}  // namespace plumbline::io
#pragma GCC visibility pop
