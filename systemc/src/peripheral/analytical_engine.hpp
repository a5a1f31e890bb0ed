// SPDX-License-Identifier: Apache-2.0
// Runs the tiles of a program as a delay: the cycles that the model predicts, the accesses that the program has. With real
// data, the job that ends with the last tile computes the network's output.
#pragma once

#include "peripheral/dma.hpp"
#include "peripheral/engine.hpp"
#include "plumbline/sim/network_data.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "tlm/clock.hpp"

namespace plumbline::sim {

class AnalyticalEngine : public Engine {
public:
    /// Dma, clock, description, network and program must outlive the engine.
    AnalyticalEngine(const sc_core::sc_module_name& name, const plumbline::Accelerator& description,
                     const AcceleratorProgram& network, const ScheduleProgram& program, AcceleratorData data, Dma& dma,
                     Clock& clock);

    JobError run(const EngineJob& job) override;
    void abandon() override { running_ = false; }
    Cycles cycles() const override;
    TrafficCount traffic(MemoryId memory, MemoryOperand operand, Direction direction) const override
    {
        return traffic_.at(memory, operand, direction);
    }
    TrafficCounts traffic() const override { return traffic_; }

private:
    /// One tile of a class.
    struct Tile {
        Cycles cycles{};
        TrafficCounts traffic;
    };

    void number_classes(const CompiledSchedule& program);
    Tile sum(const TileRange& tiles) const;
    JobError pass(const EngineJob& job);
    JobError compute(const std::vector<std::uint64_t>& addresses);
    JobError read(NetworkData& data, const std::vector<std::uint64_t>& addresses);
    JobError read(FeatureValues& values, std::size_t size, std::uint64_t address);

    const AcceleratorProgram* network_;
    const OffChipLayout* layout_;
    AcceleratorData data_;
    Dma* dma_;
    Clock* clock_;
    std::vector<Tile> classes_;         ///< of all stacks
    std::vector<std::uint32_t> tiles_;  ///< class of each tile, in the order in which they run
    Cycles cycles_{};                   ///< of the job, all of it
    sc_core::sc_time begin_;            ///< in clock time
    bool running_ = false;
    TrafficCounts traffic_;
};

}  // namespace plumbline::sim
