// SPDX-License-Identifier: Apache-2.0
// The MAC array: runs the temporal loops of a layer, one iteration a cycle when nothing holds it up.
//
// In each iteration it reads inputs and partial sums from the lowest level of each operand and writes sums there. It
// takes a chunk of iterations at a time, whose traffic shares the ports with that of the movers: on a contended port it
// slows down. Between chunks it waits until the blocks are there that the next one needs, and until those have left
// whose space it overwrites.
#pragma once

#include "arbitration/iteration_chunk.hpp"
#include "machine/initiator.hpp"
#include "machine/link.hpp"

namespace plumbline::sim {

class MacArray : public Initiator {
public:
    MacArray(const sc_core::sc_module_name& name, MachineContext& context);

    /// Iterations done; -1 until the first one starts.
    ProgressCounter& reached() { return reached_; }
    /// As before the first iteration of a layer.
    void prepare();
    /// What the array waits for before the first iteration. Call from a thread.
    void await_first_blocks(const LayerProgram& program, const std::vector<Link*>& links);
    /// All iterations. Call from a thread, after the first blocks are there.
    void run(const LayerProgram& program, const std::vector<Link*>& links, ActivityIndex activity);

    /// Multiplications since it was prepared, unless they are forgotten as counted elsewhere.
    std::int64_t macs() const { return macs_; }
    void forget_macs() { macs_ = 0; }
    /// What it waited for since it was prepared, in a step.
    const Waits& waits() const { return waits_; }

private:
    /// How long, and for what that came last.
    struct Awaited {
        WaitKey what;
        double cycles = 0;
    };
    Awaited await(const std::vector<Link*>& links, std::int64_t iteration);
    void begin_chunk(const ChunkPattern& pattern, const Chunk& chunk, const std::vector<Link*>& links);

    ProgressCounter reached_;
    IterationChunk chunk_;  ///< that it asked time for last
    std::int64_t macs_ = 0;
    Waits waits_;
};

}  // namespace plumbline::sim
