// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/machine.hpp"

#include <string>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

std::string link_name(const std::string& what, StreamId stream, std::size_t level)
{
    const MemoryOperand operand = operand_of(stream);
    const bool second = stream != stream_of(operand, false);
    return what + '_' + std::string{name_of(operand)} + (second ? "_second_" : "_") + std::to_string(level);
}

/// The program, if it is for the accelerator.
const ScheduleProgram& fitting(const ScheduleProgram& program, const plumbline::Accelerator& accelerator)
{
    if (program.accelerator == accelerator.name()) return program;
    throw InputError{"program.accelerator",
                     "is '" + program.accelerator + "', expected that of the machine, '" + accelerator.name() + "'"};
}

}  // namespace

void bind_directly(tlm::tlm_base_initiator_socket<>& initiator, tlm::tlm_base_target_socket_b<>& target)
{
    initiator.bind(target);
}

Machine::Machine(const sc_core::sc_module_name& name, const plumbline::Accelerator& accelerator,
                 const ScheduleProgram& program, MachineOptions options, const Binder& binder)
    : sc_core::sc_module{name},
      accelerator_{&accelerator},
      program_{&fitting(program, accelerator)},
      context_{accelerator, program.activities, options},
      bind_{binder},
      crossbar_{"crossbar", context_.ports.count()},
      off_chip_{"off_chip", program.off_chip, options.off_chip},
      start_asked_{options.start == Start::at_once}
{
    if (options.fidelity != program.fidelity) {
        SC_REPORT_ERROR(this->name(), "its fidelity is not that for which the schedule was compiled");
    }
    build_memories();
    parts_.mac_array = std::make_unique<MacArray>("mac_array", context_);
    bind(*parts_.mac_array);
    for (StreamId stream = 0; stream < kStreams; ++stream) {
        build_links(stream);
        build_movers(stream);
    }
    build_copiers(program.most_copies());
    sequencer_ = std::make_unique<Sequencer>("sequencer", program, parts_, context_);
    SC_METHOD(obey);
    sensitive << command_;
}

void Machine::start(std::int64_t tiles)
{
    start_asked_ = true;
    if (!sequencer_->running()) clear();
    sequencer_->pause_after(tiles);
    command_.notify(sc_core::SC_ZERO_TIME);
}

void Machine::reset()
{
    reset_asked_ = true;
    start_asked_ = false;
    command_.notify(sc_core::SC_ZERO_TIME);
}

/// A process of its own, so that any process of the machine may ask for a reset.
void Machine::obey()
{
    if (reset_asked_) abandon();
    if (start_asked_ && !sequencer_->running()) {
        clear();
        sequencer_->start();
    }
    reset_asked_ = start_asked_ = false;
}

void Machine::abandon()
{
    sequencer_->abandon();
    for (auto& fillers : parts_.fillers) {
        for (auto& mover : fillers) mover->abandon();
    }
    for (auto& mover : parts_.drainers) mover->abandon();
    for (auto& copier : parts_.copiers) copier->abandon();
    for (auto& links : parts_.links) {
        for (auto& link : links) link->prepare(nullptr);
    }
    parts_.mac_array->prepare();
    context_.arbiter->clear();
    clear();
}

/// Counters and addresses, as after construction.
void Machine::clear()
{
    for (auto& memory : parts_.memories) memory->clear();
    off_chip_.rewind();
    sequencer_->clear();
}

void Machine::build_memories()
{
    for (MemoryId id = 0; id < accelerator_->memories().size(); ++id) {
        const plumbline::Memory& description = accelerator_->memory(id);
        parts_.memories.push_back(std::make_unique<Memory>(description.name.c_str(), description));
        for (PortId port = 0; port < description.ports.size(); ++port) {
            bind_(crossbar_.out[context_.ports.index(id, port)], parts_.memories.back()->ports[port]);
        }
    }
    parts_.memories[accelerator_->top()]->lead_to(off_chip_);
}

void Machine::build_links(StreamId stream)
{
    auto& links = parts_.links[stream];
    for (std::size_t level = 0; level + 1 < accelerator_->levels(operand_of(stream)).size(); ++level) {
        links.push_back(std::make_unique<Link>(link_name("link", stream, level)));
        if (level == 0) continue;
        links[level]->below = links[level - 1].get();
        links[level - 1]->above = links[level].get();
    }
}

void Machine::build_movers(StreamId stream)
{
    ProgressCounter& reached = parts_.mac_array->reached();
    auto& links = parts_.links[stream];
    const auto build = [&](const char* what, MoverKind kind, std::size_t level) {
        auto mover =
            std::make_unique<Mover>(link_name(what, stream, level).c_str(), context_, kind, *links[level], reached);
        bind(*mover);
        return mover;
    };
    for (std::size_t level = 0; level < links.size(); ++level) {
        parts_.fillers[stream].push_back(build("fill", MoverKind::fills, level));
        if (operand_of(stream) == MemoryOperand::o) parts_.drainers.push_back(build("drain", MoverKind::drains, level));
    }
}

void Machine::build_copiers(std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        parts_.copiers.push_back(std::make_unique<Copier>(("copy_" + std::to_string(i)).c_str(), context_));
        bind(*parts_.copiers.back());
    }
}

void Machine::hold(DataPlane& data)
{
    context_.data = &data;
    for (MemoryId id = 0; id < parts_.memories.size(); ++id) parts_.memories[id]->hold(data.contents(id));
}

std::vector<Traffic> Machine::traffic() const
{
    std::vector<Traffic> all;
    for (ActivityIndex activity = 0; activity < program_->activities.size(); ++activity) {
        for (MemoryId memory = 0; memory < parts_.memories.size(); ++memory) {
            for (MemoryOperand operand : kAllMemoryOperands) {
                for (Direction direction : kAllDirections) {
                    const TrafficCount passed = parts_.memories[memory]->passed(activity, operand, direction);
                    if (passed.bits == 0) continue;
                    const Port& port = accelerator_->port(memory, operand, direction);
                    all.push_back({program_->activities[activity], memory, operand, direction, passed.granules,
                                   full_words(passed.granules, port), Bits{passed.bits}});
                }
            }
        }
    }
    return all;
}

TrafficCount Machine::passed(MemoryId memory, MemoryOperand operand, Direction direction) const
{
    TrafficCount sum;
    for (ActivityIndex activity = 0; activity < program_->activities.size(); ++activity)
        sum += parts_.memories[memory]->passed(activity, operand, direction);
    return sum;
}

TrafficCounts Machine::passed() const
{
    TrafficCounts totals{parts_.memories.size()};
    for (MemoryId memory = 0; memory < parts_.memories.size(); ++memory) {
        for (MemoryOperand operand : kAllMemoryOperands) {
            for (Direction direction : kAllDirections)
                totals.at(memory, operand, direction) = passed(memory, operand, direction);
        }
    }
    return totals;
}

ActivityUse Machine::use(ActivityIndex activity) const
{
    const ActivityTime& time = sequencer_->times()[activity];
    const StallAccounting& stalls = sequencer_->stalls();
    ActivityUse use{time.activity, stalls.array(activity, time, *accelerator_), {}};
    for (PortIndex port = 0; port < context_.ports.count(); ++port) {
        const Memory& memory = *parts_.memories[context_.ports.memory(port)];
        const Cycles busy{memory.busy_cycles(activity, context_.ports.port(port))};
        use.ports.push_back(stalls.port(activity, port, context_.ports, busy, time.cycles));
    }
    return use;
}

/// Of each activity, and the sums.
void Machine::add_use(Counters& counters) const
{
    for (PortIndex port = 0; port < context_.ports.count(); ++port) {
        counters.ports.push_back({context_.ports.memory(port), context_.ports.port(port), {}, {}, {}, {}});
    }
    for (ActivityIndex activity = 0; activity < program_->activities.size(); ++activity) {
        counters.uses.push_back(use(activity));
        add(counters.array, counters.uses.back().array);
        for (PortIndex port = 0; port < counters.ports.size(); ++port) {
            add(counters.ports[port], counters.uses.back().ports[port]);
        }
    }
}

std::int64_t Machine::outputs(const Workload& workload) const
{
    std::int64_t sum = 0;
    for (LayerId layer : workload.outputs()) {
        for (ActivityIndex i = 0; i < program_->activities.size(); ++i) {
            if (!(program_->activities[i] == Activity{Activity::Kind::compute, layer})) continue;
            const Memory& top = *parts_.memories[accelerator_->top()];
            sum += top.passed(i, MemoryOperand::o, Direction::write_from_down).finished;
        }
    }
    return sum;
}

Counters Machine::counters(const Workload& workload) const
{
    Counters counters;
    counters.traffic = traffic();
    add_use(counters);
    counters.times = sequencer_->times();
    counters.cycles = sequencer_->cycles();
    counters.outputs = outputs(workload);
    return counters;
}

}  // namespace plumbline::sim
