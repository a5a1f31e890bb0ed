// SPDX-License-Identifier: Apache-2.0
#include "peripheral/analytical_engine.hpp"

#include <algorithm>

#include "peripheral/analytical_counts.hpp"
#include "plumbline/sim/whole_network.hpp"

namespace plumbline::sim {
namespace {

std::size_t activity_of(const StepProgram& step)
{
    return std::visit([](const auto& each) { return each.activity; }, step);
}

void add(ActivityTime& sum, const StepTime& time, std::int64_t times)
{
    sum.cycles += time.cycles * times;
    sum.loading += time.loading * times;
    sum.offloading += time.offloading * times;
}

/// Of so many tiles of each class.
void add_times(Counters& counters, const CompiledSchedule& program, const std::vector<ClassTimes>& times,
               const std::vector<std::int64_t>& occurrences)
{
    auto occurs = occurrences.begin();
    for (std::size_t stack = 0; stack < times.size(); ++stack) {
        for (std::size_t each = 0; each < times[stack].size(); ++each, ++occurs) {
            const std::vector<StepTime>& steps = times[stack][each];
            const TileProgram& tile = program.stacks[stack].classes[each];
            for (std::size_t i = 0; i < steps.size(); ++i)
                add(counters.times[activity_of(tile.steps[i])], steps[i], *occurs);
            counters.cycles += sum(steps) * *occurs;
        }
    }
}

}  // namespace

AnalyticalEngine::AnalyticalEngine(const sc_core::sc_module_name& name, const plumbline::Accelerator& description,
                                   const AcceleratorProgram& network, const ScheduleProgram& program,
                                   AcceleratorData data, Dma& dma, Clock& clock)
    : Engine{name},
      description_{&description},
      network_{&network},
      program_{&program.compiled()},
      layout_{&program.off_chip()},
      data_{data},
      dma_{&dma},
      clock_{&clock},
      counts_{description.memories().size()},
      times_{predicted_times(description, network.workload(), network.schedule())}
{
    for (RunCounts& counts : class_counts(*program_, description)) classes_.push_back({{}, std::move(counts)});
    std::size_t next = 0;
    for (const ClassTimes& stack : times_) {
        for (const std::vector<StepTime>& steps : stack) classes_[next++].cycles = sim::sum(steps);
    }
    number_classes();
}

void AnalyticalEngine::number_classes()
{
    std::size_t first = 0;
    for (const StackProgram& stack : program_->stacks) {
        for (std::size_t tile : stack.tiles) tiles_.push_back(static_cast<std::uint32_t>(first + tile));
        first += stack.classes.size();
    }
}

std::vector<std::int64_t> AnalyticalEngine::occurrences(const TileRange& tiles) const
{
    std::vector<std::int64_t> occurrences(classes_.size());
    for (std::int64_t i = tiles.first; i < tiles.first + tiles.count; ++i) {
        ++occurrences[tiles_[static_cast<std::size_t>(i)]];
    }
    return occurrences;
}

AnalyticalEngine::Tile AnalyticalEngine::sum(const TileRange& tiles) const
{
    const std::vector<std::int64_t> times = occurrences(tiles);
    Tile sum{{}, RunCounts{counts_.traffic.memories()}};
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        sum.cycles += classes_[i].cycles * times[i];
        sum.counts.add(classes_[i].counts, times[i]);
    }
    return sum;
}

/// What the bus itself waits for, while data moves, runs beside the predicted time, which stands for the rest of it. A job that goes
/// wrong has taken what has passed of it.
JobError AnalyticalEngine::run(const EngineJob& job)
{
    const Tile all = sum(job.tiles);
    cycles_ = all.cycles;
    counts_.clear();
    energy_ = sim::energy(*description_, all.counts);
    done_ = job.tiles.first;
    begin_ = clock_->now();
    running_ = true;
    const JobError error = pass(job);
    if (error) {
        energy_ = energy();
        cycles_ = cycles();
    }
    running_ = false;
    if (error) return error;
    counts_ = all.counts;
    done_ += job.tiles.count;
    return {};
}

void AnalyticalEngine::abandon()
{
    running_ = false;
    done_ = 0;
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

Picojoules AnalyticalEngine::energy() const
{
    if (!running_ || cycles_ == Cycles{}) return energy_;
    return std::min(1.0, clock_->cycles_since(begin_) / static_cast<double>(cycles_.count())) * energy_;
}

Counters AnalyticalEngine::counters() const
{
    const std::vector<std::int64_t> times = occurrences({0, done_});
    Counters counters = counters_of_tiles(*program_, *description_, network_->workload(), times);
    add_times(counters, *program_, times_, times);
    return counters;
}

JobError AnalyticalEngine::compute(const std::vector<std::uint64_t>& addresses)
{
    NetworkData data;
    if (const JobError error = read(data, addresses)) return error;
    const std::vector<LayerId> layers = network_->workload().outputs();
    std::vector<FeatureValues> outputs = compute_network(network_->workload(), data);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto area = layout_->find(OffChipArea::Kind::output_map, layers[i]);
        auto* bytes = reinterpret_cast<unsigned char*>(outputs[i].data());
        const JobError error = dma_->write(addresses[*area], bytes, outputs[i].size(), Dma::Pace::hurried);
        if (error) return error;
    }
    return {};
}

JobError AnalyticalEngine::read(NetworkData& data, const std::vector<std::uint64_t>& addresses)
{
    data.further_inputs.resize(network_->workload().inputs().size() - 1);
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
