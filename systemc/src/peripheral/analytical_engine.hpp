// SPDX-License-Identifier: Apache-2.0
// Runs the tiles of a program as a delay: the cycles that the model predicts, the accesses that the program has. With real
// data, the job that ends with the last tile computes the network's output.
#pragma once

#include "peripheral/dma.hpp"
#include "peripheral/engine.hpp"
#include "peripheral/prediction.hpp"
#include "plumbline/sim/accelerator_program.hpp"
#include "plumbline/sim/network_data.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "statistics/run_counts.hpp"
#include "tlm/clock.hpp"

namespace plumbline::sim {

class AnalyticalEngine : public Engine {
public:
    /// Dma, clock, description, network and program must outlive the engine.
    AnalyticalEngine(const sc_core::sc_module_name& name, const plumbline::Accelerator& description,
                     const AcceleratorProgram& network, const ScheduleProgram& program, AcceleratorData data, Dma& dma,
                     Clock& clock);

    JobError run(const EngineJob& job) override;
    void abandon() override;
    Cycles cycles() const override;
    TrafficCount traffic(MemoryId memory, MemoryOperand operand, Direction direction) const override
    {
        return counts_.traffic.at(memory, operand, direction);
    }
    TrafficCounts traffic() const override { return counts_.traffic; }
    /// Spent evenly over the time of the job.
    Picojoules energy() const override;
    /// Those of a job come at its end.
    Counters counters() const override;

private:
    /// One tile of a class.
    struct Tile {
        Cycles cycles{};
        RunCounts counts;
    };

    void number_classes();
    std::vector<std::int64_t> occurrences(const TileRange& tiles) const;
    Tile sum(const TileRange& tiles) const;
    JobError pass(const EngineJob& job);
    JobError compute(const std::vector<std::uint64_t>& addresses);
    JobError read(NetworkData& data, const std::vector<std::uint64_t>& addresses);
    JobError read(FeatureValues& values, std::size_t size, std::uint64_t address);

    const plumbline::Accelerator* description_;
    const AcceleratorProgram* network_;
    const CompiledSchedule* program_;
    const OffChipLayout* layout_;
    AcceleratorData data_;
    Dma* dma_;
    Clock* clock_;
    std::vector<Tile> classes_;         ///< of all stacks
    std::vector<std::uint32_t> tiles_;  ///< class of each tile, in the order in which they run
    Cycles cycles_{};                   ///< of the job, all of it
    sc_core::sc_time begin_;            ///< in clock time
    bool running_ = false;
    RunCounts counts_;
    Picojoules energy_{};    ///< of the job, all of it
    std::int64_t done_ = 0;  ///< tiles of the network
    std::vector<ClassTimes> times_;
};

}  // namespace plumbline::sim
