// SPDX-License-Identifier: Apache-2.0
#include "trace/perfetto_schedule.hpp"

#include "measurement/step_labels.hpp"

namespace plumbline::validate {
namespace {

std::string tile_arguments(sim::TileIndex tile)
{
    return R"("stack":)" + std::to_string(tile.stack) + R"(,"column":)" + std::to_string(tile.column) + R"(,"row":)" +
           std::to_string(tile.row);
}

/// Of the time of a step, in which cycles are taken to be equally long.
std::int64_t part_of(const sim::StepSpan& step, Interval time, Cycles part)
{
    if (step.cycles == Cycles{}) return 0;
    return std::llround(static_cast<double>(time.end - time.begin) * (part / step.cycles));
}

}  // namespace

std::string step_arguments(const Workload& workload, const sim::Activity& activity, sim::TileIndex tile)
{
    const std::string layer = activity.layer ? quoted(workload.layer(*activity.layer).name) : "null";
    const char* key = activity.kind == sim::Activity::Kind::compute ? R"("layer":)" : R"("before_layer":)";
    return key + layer + ',' + tile_arguments(tile);
}

ScheduleTracks::ScheduleTracks(TextBuffer& out, TrackNames& names, const Workload& workload)
    : out_{&out},
      names_{&names},
      workload_{&workload},
      process_{names.add_process("schedule")},
      tiles_{names.add_thread(process_, "tiles", 0)},
      steps_{names.add_thread(process_, "steps", 1)},
      phases_{names.add_thread(process_, "phases", 2)}
{}

void ScheduleTracks::stepped(const sim::StepSpan& step)
{
    const Interval time = names_->interval(step.span);
    if (!tile_ || !(tile_->index == step.tile)) {
        write_tile();
        tile_ = {step.tile, time};
    }
    tile_->time.end = time.end;
    write_step(step, time);
    if (step.activity.kind == sim::Activity::Kind::compute) write_phases(step, time);
}

void ScheduleTracks::write_step(const sim::StepSpan& step, Interval time)
{
    const bool computes = step.activity.kind == sim::Activity::Kind::compute;
    begin_slice(*out_, time, steps_);
    *out_ << R"(,"name":)" << quoted(step_label(*workload_, step.activity)) << R"(,"cat":"step","args":{)"
          << step_arguments(*workload_, step.activity, step.tile);
    if (computes) *out_ << R"(,"macs":)" << step.macs;
    *out_ << "}}";
}

void ScheduleTracks::write_phases(const sim::StepSpan& step, Interval time)
{
    const std::int64_t first_mac = time.begin + part_of(step, time, step.loading);
    const std::int64_t last_mac = time.end - part_of(step, time, step.offloading);
    write_phase("loading", {time.begin, first_mac});
    write_phase("computing", {first_mac, last_mac});
    write_phase("offloading", {last_mac, time.end});
}

void ScheduleTracks::write_phase(const char* name, Interval time)
{
    if (time.begin == time.end) return;
    begin_slice(*out_, time, phases_);
    *out_ << R"(,"name":")" << name << R"(","cat":"phase"})";
}

void ScheduleTracks::write_tile()
{
    if (!tile_) return;
    begin_slice(*out_, tile_->time, tiles_);
    *out_ << R"(,"name":"tile )" << tile_->index.column << "," << tile_->index.row << R"(","cat":"tile","args":{)"
          << tile_arguments(tile_->index) << "}}";
}

void ScheduleTracks::finish()
{
    write_tile();
    tile_.reset();
}

}  // namespace plumbline::validate
