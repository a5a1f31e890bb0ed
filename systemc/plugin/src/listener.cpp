// SPDX-License-Identifier: Apache-2.0
#include "listener.hpp"

#include <memory>
#include <string>
#include <vector>

#include "plumbline/sim/run_events.hpp"

namespace plumbline::plugin {
namespace {

class Listener {
public:
    Listener(plumbline_sc_listener listener, void* user, unsigned program, const Workload& workload)
        : listener_{listener},
          user_{user},
          program_{program}
    {
        for (const Layer& layer : workload.layers()) layers_.push_back(layer.name);
    }

    void move(int kind, const sim::TransferEvent& transfer) const
    {
        const std::string mover{transfer.mover};
        plumbline_sc_event event = event_of(kind, transfer.span, transfer.activity, transfer.tile);
        event.name = mover.c_str();
        for (const sim::Access& access : transfer.accesses) {
            event.memory = static_cast<unsigned>(access.memory);
            event.port = static_cast<unsigned>(access.port);
            event.operand = static_cast<unsigned>(access.operand);
            event.direction = static_cast<unsigned>(access.direction);
            event.bits = bits(access);
            listener_(user_, &event);
        }
    }

    void step(int kind, const sim::StepSpan& step) const
    {
        plumbline_sc_event event = event_of(kind, step.span, step.activity, step.tile);
        if (step.activity.layer) event.name = layers_[*step.activity.layer].c_str();
        event.macs = step.macs;
        listener_(user_, &event);
    }

    void hold(const sim::Occupancy& occupancy) const
    {
        plumbline_sc_event event = event_at(PLUMBLINE_SC_HELD, {occupancy.time, occupancy.time});
        event.memory = static_cast<unsigned>(occupancy.memory);
        event.bits = occupancy.held.count();
        listener_(user_, &event);
    }

    void abandon(double time) const
    {
        const plumbline_sc_event event = event_at(PLUMBLINE_SC_ABANDONED, {time, time});
        listener_(user_, &event);
    }

private:
    plumbline_sc_event event_at(int kind, sim::Span span) const
    {
        plumbline_sc_event event{};
        event.size = sizeof event;
        event.kind = kind;
        event.program = program_;
        event.begin = span.begin;
        event.end = span.end;
        event.name = "";
        return event;
    }
    plumbline_sc_event event_of(int kind, sim::Span span, const sim::Activity& activity, sim::TileIndex tile) const
    {
        plumbline_sc_event event = event_at(kind, span);
        event.copies = activity.kind == sim::Activity::Kind::copy ? 1 : 0;
        event.stack = tile.stack;
        event.column = tile.column;
        event.row = tile.row;
        return event;
    }

    plumbline_sc_listener listener_;
    void* user_;
    unsigned program_;
    std::vector<std::string> layers_;
};

}  // namespace

sim::Observer observer_of(plumbline_sc_listener listener, void* user, unsigned program, const Workload& workload)
{
    const auto told = std::make_shared<const Listener>(listener, user, program, workload);
    sim::Observer observer;
    observer.moving = [told](const sim::TransferEvent& event) { told->move(PLUMBLINE_SC_MOVING, event); };
    observer.moved = [told](const sim::TransferEvent& event) { told->move(PLUMBLINE_SC_MOVED, event); };
    observer.stepping = [told](const sim::StepSpan& step) { told->step(PLUMBLINE_SC_STEPPING, step); };
    observer.stepped = [told](const sim::StepSpan& step) { told->step(PLUMBLINE_SC_STEPPED, step); };
    observer.occupied = [told](const sim::Occupancy& occupancy) { told->hold(occupancy); };
    observer.abandoned = [told](double time) { told->abandon(time); };
    return observer;
}

}  // namespace plumbline::plugin
