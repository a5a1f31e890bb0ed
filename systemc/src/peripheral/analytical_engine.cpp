// SPDX-License-Identifier: Apache-2.0
#include "peripheral/analytical_engine.hpp"

#include <algorithm>

#include "peripheral/analytical_counts.hpp"
#include "peripheral/prediction.hpp"
#include "plumbline/sim/whole_network.hpp"

namespace plumbline::sim {

AnalyticalEngine::AnalyticalEngine(const sc_core::sc_module_name& name, const plumbline::Accelerator& description,
                                   const AcceleratorProgram& network, const ScheduleProgram& program,
                                   AcceleratorData data, Dma& dma, Clock& clock)
    : Engine{name},
      network_{&network},
      layout_{&program.off_chip()},
      data_{data},
      dma_{&dma},
      clock_{&clock},
      traffic_{description.memories().size()}
{
    const auto cycles = predicted_cycles(description, network.workload, network.schedule);
    const auto traffic = class_counts(program.compiled(), description);
    for (std::size_t stack = 0; stack < cycles.size(); ++stack) {
        for (std::size_t each = 0; each < cycles[stack].size(); ++each)
            classes_.push_back({cycles[stack][each], traffic[stack][each]});
    }
    number_classes(program.compiled());
}

void AnalyticalEngine::number_classes(const CompiledSchedule& program)
{
    std::size_t first = 0;
    for (const StackProgram& stack : program.stacks) {
        for (std::size_t tile : stack.tiles) tiles_.push_back(static_cast<std::uint32_t>(first + tile));
        first += stack.classes.size();
    }
}

AnalyticalEngine::Tile AnalyticalEngine::sum(const TileRange& tiles) const
{
    std::vector<std::int64_t> occurrences(classes_.size());
    for (std::int64_t i = tiles.first; i < tiles.first + tiles.count; ++i) {
        ++occurrences[tiles_[static_cast<std::size_t>(i)]];
    }
    Tile sum{{}, TrafficCounts{traffic_.memories()}};
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        sum.cycles += classes_[i].cycles * occurrences[i];
        sum.traffic.add(classes_[i].traffic, occurrences[i]);
    }
    return sum;
}

/// What the bus itself waits for, while data moves, runs beside the predicted time, which stands for the rest of it.
JobError AnalyticalEngine::run(const EngineJob& job)
{
    const Tile all = sum(job.tiles);
    cycles_ = all.cycles;
    traffic_.clear();
    begin_ = clock_->now();
    running_ = true;
    const JobError error = pass(job);
    running_ = false;
    if (error) {
        cycles_ = {};
        return error;
    }
    traffic_ = all.traffic;
    return {};
}

/// Takes the time, and does what the job does on the bus.
JobError AnalyticalEngine::pass(const EngineJob& job)
{
    const bool last = job.tiles.first + job.tiles.count == static_cast<std::int64_t>(tiles_.size());
    if (last && data_ == AcceleratorData::real) {
        if (const JobError error = compute(job.addresses)) return error;
    }
    const sc_core::sc_time end = begin_ + sim::cycles(static_cast<double>(cycles_.count()));
    if (end > clock_->now()) clock_->wait(end - clock_->now());
    return {};
}

Cycles AnalyticalEngine::cycles() const
{
    if (!running_) return cycles_;
    return std::min(cycles_, Cycles{static_cast<std::int64_t>(clock_->cycles_since(begin_))});
}

JobError AnalyticalEngine::compute(const std::vector<std::uint64_t>& addresses)
{
    NetworkData data;
    if (const JobError error = read(data, addresses)) return error;
    FeatureValues output = compute_network(network_->workload, data);
    const auto area = layout_->find(OffChipArea::Kind::output_map, network_->workload.outputs().front());
    auto* bytes = reinterpret_cast<unsigned char*>(output.data());
    return dma_->write(addresses[*area], bytes, output.size(), Dma::Pace::hurried);
}

JobError AnalyticalEngine::read(NetworkData& data, const std::vector<std::uint64_t>& addresses)
{
    data.further_inputs.resize(network_->workload.inputs().size() - 1);
    std::size_t inputs = 0;  // areas are in the order of Workload::inputs()
    for (AreaId id = 0; id < layout_->areas.size(); ++id) {
        const OffChipArea& area = layout_->areas[id];
        if (area.size == 0 || area.kind == OffChipArea::Kind::output_map) continue;
        const bool input = area.kind == OffChipArea::Kind::input_map;
        FeatureValues& values = !input          ? data.weights[area.layer]
                                : inputs++ == 0 ? data.input
                                                : data.further_inputs[inputs - 2];
        if (const JobError error = read(values, area.size, addresses[id])) return error;
    }
    return {};
}

JobError AnalyticalEngine::read(FeatureValues& values, std::size_t size, std::uint64_t address)
{
    values.resize(size);
    return dma_->read(address, reinterpret_cast<unsigned char*>(values.data()), size, Dma::Pace::hurried);
}

}  // namespace plumbline::sim
