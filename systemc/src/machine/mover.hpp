// SPDX-License-Identifier: Apache-2.0
// Moves the blocks of one operand between two neighbouring memory levels in one direction, while a layer is computed.
//
// It works through the list of its link in order, and starts on a block as soon as
//   filling    the level above has the data, the MAC array is far enough, and there is space: that of the block before
//              the last, or that which the last pass over the current block frees;
//   draining   the visit is over (or in its last pass, where partial sums are swapped), and the level below has drained
//              into the block.
// Filling and draining of one link are movers of their own, since they use different ports at the same time.
#pragma once

#include "machine/initiator.hpp"
#include "machine/link.hpp"

namespace plumbline::sim {

enum class MoverKind { fills, drains };

class Mover : public Initiator {
public:
    SC_HAS_PROCESS(Mover);

    /// `reached` counts the iterations that the MAC array has done, from -1 while first blocks are loaded.
    Mover(const sc_core::sc_module_name& name, MachineContext& context, MoverKind kind, Link& link,
          ProgressCounter& reached);

    bool in_use() const { return link_->in_use(); }
    /// \pre the link is in use and prepared, as are its neighbours
    void start(const LayerProgram& program, ActivityIndex activity);
    /// Blocks the calling thread until all is moved.
    void finish();
    void abandon() override;

private:
    void work();
    void fill(std::int64_t visit);
    void drain(std::int64_t visit);
    void move_block(TransferId id);
    std::int64_t blocks() const;
    ProgressCounter& done() { return kind_ == MoverKind::fills ? link_->filled : link_->drained; }

    MoverKind kind_;
    Link* link_;
    ProgressCounter* reached_;
    const LayerProgram* program_ = nullptr;
    ActivityIndex activity_ = 0;
    sc_core::sc_process_handle worker_;
    sc_core::sc_event start_{"start"};
};

}  // namespace plumbline::sim
