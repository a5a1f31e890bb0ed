// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/vcd_trace.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "plumbline/sim/ports.hpp"
#include "plumbline/sim/run_events.hpp"
#include "report/json_parts.hpp"
#include "trace/thousandths.hpp"
#include "trace/vcd_signals.hpp"

namespace plumbline::validate {
namespace {

constexpr int kNumberBits = 32;
constexpr int kAmountBits = 64;

/// Busy as long as anyone uses it. No signal: nobody can.
struct Use {
    std::optional<SignalId> signal;
    std::int64_t users = 0;
};

/// A port, and what the operands that it serves do there.
struct PortSignals {
    Use any;
    std::array<Use, kAllMemoryOperands.size()> operands;
};

bool serves(const Memory& memory, PortId port, MemoryOperand operand)
{
    const MemoryService* service = memory.service(operand);
    if (service == nullptr) return false;
    for (Direction direction : kAllDirections) {
        if (service->port[direction] == port) return true;
    }
    return false;
}

}  // namespace

class VcdTrace::Writer {
public:
    Writer(const Accelerator& accelerator, const Workload& workload, TextSink sink, const TraceOptions& options)
        : ports_{accelerator},
          out_{std::move(sink)}
    {
        out_ << "$version plumbline $end\n$comment " << workload.name() << " on " << accelerator.name()
             << (options.time == sim::ObservedTime::cycles ? "; 1 ns is 1 cycle" : "; time of the simulation")
             << " $end\n$timescale 1 ps $end\n";
        if (!options.instance.empty()) signals_.enter(options.instance);
        declare_schedule();
        for (const Memory& memory : accelerator.memories()) declare(memory);
        if (!options.instance.empty()) signals_.leave();
        idle();
        signals_.begin();
    }

    void use(const sim::TransferEvent& event, std::int64_t change)
    {
        time_ = thousandths(event.span.end);
        if (event.mover == "mac_array") set(array_, array_.users + change);
        for (const sim::Access& access : event.accesses) {
            PortSignals& port = port_signals_[ports_.index(access.memory, access.port)];
            Use& operand = port.operands[static_cast<std::size_t>(access.operand)];
            set(port.any, port.any.users + change);
            set(operand, operand.users + change);
        }
    }

    void stepping(const sim::StepSpan& step)
    {
        time_ = thousandths(step.span.end);
        signals_.set(copying_, step.activity.kind == sim::Activity::Kind::copy ? 1 : 0, time_);
        signals_.set(layer_, step.activity.layer, time_);
        signals_.set(stack_, static_cast<std::int64_t>(step.tile.stack), time_);
        signals_.set(column_, step.tile.column, time_);
        signals_.set(row_, step.tile.row, time_);
    }

    void stepped(const sim::StepSpan& step) { time_ = thousandths(step.span.end); }

    void occupied(const sim::Occupancy& occupancy)
    {
        time_ = thousandths(occupancy.time);
        signals_.set(held_[occupancy.memory], occupancy.held.count(), time_);
    }

    void abandoned(double time)
    {
        time_ = thousandths(time);
        idle();
    }

    void finish()
    {
        signals_.finish(time_);
        out_.flush();
    }

private:
    void declare_schedule()
    {
        signals_.enter("schedule");
        stack_ = signals_.add("stack", kNumberBits);
        column_ = signals_.add("column", kNumberBits);
        row_ = signals_.add("row", kNumberBits);
        layer_ = signals_.add("layer", kNumberBits);
        copying_ = signals_.add("copying", 1);
        signals_.leave();
        signals_.enter("mac_array");
        array_.signal = signals_.add("busy", 1);
        signals_.leave();
    }

    void declare(const Memory& memory)
    {
        signals_.enter(memory.name);
        held_.push_back(signals_.add("held", kAmountBits));
        for (PortId port = 0; port < memory.ports.size(); ++port) {
            signals_.enter(memory.ports[port].name);
            PortSignals signals;
            signals.any.signal = signals_.add("busy", 1);
            for (MemoryOperand operand : kAllMemoryOperands) {
                if (!serves(memory, port, operand)) continue;
                signals.operands[static_cast<std::size_t>(operand)].signal = signals_.add(letter(operand), 1);
            }
            port_signals_.push_back(signals);
            signals_.leave();
        }
        signals_.leave();
    }

    void idle()
    {
        for (PortSignals& port : port_signals_) {
            set(port.any, 0);
            for (Use& operand : port.operands) set(operand, 0);
        }
        set(array_, 0);
    }

    void set(Use& use, std::int64_t users)
    {
        use.users = users;
        if (use.signal) signals_.set(*use.signal, users > 0 ? 1 : 0, time_);
    }

    sim::PortMap ports_;
    TextBuffer out_;
    VcdSignals signals_{out_};
    SignalId stack_ = 0, column_ = 0, row_ = 0, layer_ = 0, copying_ = 0;
    Use array_;
    std::vector<SignalId> held_;             ///< per memory
    std::vector<PortSignals> port_signals_;  ///< per port
    std::int64_t time_ = 0;
};

VcdTrace::VcdTrace(const Accelerator& accelerator, const Workload& workload, TextSink sink, const TraceOptions& options)
    : writer_{std::make_unique<Writer>(accelerator, workload, std::move(sink), options)}
{}

VcdTrace::~VcdTrace() = default;
VcdTrace::VcdTrace(VcdTrace&&) noexcept = default;
VcdTrace& VcdTrace::operator=(VcdTrace&&) noexcept = default;

sim::Observer VcdTrace::observer()
{
    Writer* const writer = writer_.get();
    sim::Observer observer;
    observer.moving = [writer](const sim::TransferEvent& event) { writer->use(event, 1); };
    observer.moved = [writer](const sim::TransferEvent& event) { writer->use(event, -1); };
    observer.stepping = [writer](const sim::StepSpan& step) { writer->stepping(step); };
    observer.stepped = [writer](const sim::StepSpan& step) { writer->stepped(step); };
    observer.abandoned = [writer](double time) { writer->abandoned(time); };
    observer.occupied = [writer](const sim::Occupancy& occupancy) { writer->occupied(occupancy); };
    return observer;
}

void VcdTrace::finish() { writer_->finish(); }

}  // namespace plumbline::validate
