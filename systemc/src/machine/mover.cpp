// SPDX-License-Identifier: Apache-2.0
#include "machine/mover.hpp"

namespace plumbline::sim {

Mover::Mover(const sc_core::sc_module_name& name, MachineContext& context, MoverKind kind, Link& link,
             ProgressCounter& reached)
    : Initiator{name, context},
      kind_{kind},
      link_{&link},
      reached_{&reached}
{
    SC_THREAD(work);
    worker_ = sc_core::sc_get_last_created_process_handle();
}

void Mover::abandon()
{
    start_.cancel();
    worker_.reset();
}

void Mover::start(const LayerProgram& program, ActivityIndex activity)
{
    program_ = &program;
    activity_ = activity;
    start_.notify(sc_core::SC_ZERO_TIME);
}

void Mover::finish() { done().wait_for(blocks()); }

std::int64_t Mover::blocks() const
{
    const LinkProgram& program = *link_->program;
    return static_cast<std::int64_t>(kind_ == MoverKind::fills ? program.fills.size() : program.drains.size());
}

void Mover::work()
{
    while (true) {
        sc_core::wait(start_);
        for (std::int64_t visit = 0; visit < blocks(); ++visit) {
            kind_ == MoverKind::fills ? fill(visit) : drain(visit);
            done().advance(visit + 1);
        }
    }
}

void Mover::fill(std::int64_t visit)
{
    const LinkProgram& program = *link_->program;
    const TransferId id = program.fills[static_cast<std::size_t>(visit)];
    if (id == kNoTransfer) return;
    reached_->wait_for(program.blocks.fill_after(visit));
    link_->drained.wait_for(program.blocks.drained_before_fill(visit));
    const Link* above = link_->above;
    if (above != nullptr && above->in_use()) {
        link_->above->filled.wait_for(above->program->blocks.filled_before(visit * program.blocks.visit));
    }
    move_block(id);
}

void Mover::drain(std::int64_t visit)
{
    const LinkProgram& program = *link_->program;
    const TransferId id = program.drains[static_cast<std::size_t>(visit)];
    if (id == kNoTransfer) return;
    const bool waited = reached_->value() < program.drain_after(visit);
    reached_->wait_for(program.drain_after(visit));
    if (waited && program.after_fine) context().clock.wait(cycles(context().arbiter->drain_cycles()));
    if (link_->below != nullptr) {
        const std::int64_t end = (visit + 1) * program.blocks.visit;
        link_->below->drained.wait_for(link_->below->program->blocks.over_before(end));
    }
    move_block(id);
}

void Mover::move_block(TransferId id) { move(program_->transfers[static_cast<std::size_t>(id)], activity_); }

}  // namespace plumbline::sim
