// SPDX-License-Identifier: Apache-2.0
// The rows of a Perfetto trace that show where in the schedule a run stands: tiles, their steps, the phases of a step.
#pragma once

#include <optional>
#include <string>

#include "plumbline/workload.hpp"
#include "trace/perfetto_tracks.hpp"

namespace plumbline::validate {

/// A step as arguments of an event: "layer":"conv2","stack":0,"column":3,"row":4. A copy has a "before_layer" instead,
/// null where it fetches the stack's input.
std::string step_arguments(const Workload& workload, const sim::Activity& activity, sim::TileIndex tile);

class ScheduleTracks {
public:
    /// All must outlive this. Adds a process.
    ScheduleTracks(TextBuffer& out, TrackNames& names, const Workload& workload);

    void stepped(const sim::StepSpan& step);
    void finish();

private:
    struct Tile {
        sim::TileIndex index;
        Interval time;
    };

    void write_step(const sim::StepSpan& step, Interval time);
    void write_phases(const sim::StepSpan& step, Interval time);
    void write_phase(const char* name, Interval time);
    void write_tile();

    TextBuffer* out_;
    const TrackNames* names_;
    const Workload* workload_;
    std::int64_t process_;
    std::string tiles_, steps_, phases_;  ///< threads
    std::optional<Tile> tile_;            ///< that runs
};

}  // namespace plumbline::validate
