// SPDX-License-Identifier: Apache-2.0
// Runs the tiles of a program on a Machine, whose off-chip memory is the system's.
#pragma once

#include <memory>
#include <optional>

#include "functional/data_plane.hpp"
#include "off_chip/off_chip_maps.hpp"
#include "off_chip/off_chip_port.hpp"
#include "peripheral/engine.hpp"
#include "plumbline/sim/accelerator_program.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "statistics/run_counts.hpp"

namespace plumbline::sim {

class MachineEngine : public Engine {
public:
    /// Bus, clock, description and workload, schedule and program must outlive the engine.
    MachineEngine(const sc_core::sc_module_name& name, const plumbline::Accelerator& description,
                  const AcceleratorProgram& network, const ScheduleProgram& program, AcceleratorData data,
                  BusInitiator& bus, Clock& clock, Observer observer = {});

    JobError run(const EngineJob& job) override;
    void abandon() override;
    Cycles cycles() const override;
    TrafficCount traffic(MemoryId memory, MemoryOperand operand, Direction direction) const override;
    TrafficCounts traffic() const override { return of_job().counts.traffic; }
    Picojoules energy() const override;
    Counters counters() const override;

private:
    /// What a run took and counted.
    struct Sums {
        Cycles cycles{};
        RunCounts counts;
    };
    Sums of_run() const;
    Sums of_job() const;
    void attach_data(const plumbline::Accelerator& description, const AcceleratorProgram& network,
                     const ScheduleProgram& program);
    void refuse(const OffChipRefusal& refusal);
    bool working(std::int64_t end) const;
    void give_up();

    const plumbline::Accelerator* description_;
    const Workload* workload_;
    Machine machine_;
    BusInitiator* bus_;
    std::unique_ptr<OffChipMaps> maps_;
    std::unique_ptr<DataPlane> data_;
    JobError refusal_;
    sc_core::sc_event refused_{"refused"};
    Sums before_;                ///< of the run, when the job began
    std::optional<Sums> ended_;  ///< of a job whose run was given up
};

}  // namespace plumbline::sim
