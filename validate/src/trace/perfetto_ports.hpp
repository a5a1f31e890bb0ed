// SPDX-License-Identifier: Apache-2.0
// The rows of a Perfetto trace that show who moves what: the MAC array, and every port of every memory.
//
// A transfer becomes a slice per access as soon as it is over. The MAC array's steady traffic comes in chunks of some
// iterations: those of a step that follow each other without a gap become one slice per port, operand and direction, or a
// trace would be several times as long and show no more.
#pragma once

#include <vector>

#include "plumbline/sim/ports.hpp"
#include "plumbline/workload.hpp"
#include "trace/perfetto_tracks.hpp"

namespace plumbline::validate {

class PortTracks {
public:
    /// All must outlive this. Adds a process for the MAC array and one per memory, in their order.
    PortTracks(TextBuffer& out, TrackNames& names, const Accelerator& accelerator, const Workload& workload);

    std::int64_t process_of(MemoryId memory) const { return processes_[memory]; }

    void moved(const sim::TransferEvent& event);
    /// Nothing that has happened goes on.
    void end_step();

private:
    /// A slice that the next chunk may continue.
    struct Growing {
        bool open = false;
        Interval time;
        std::size_t thread = 0;
        std::int64_t bits = 0;
        std::int64_t granules = 0;
    };
    /// What passes a port for one operand in one direction.
    struct Channel {
        std::string text;  ///< name and first arguments of its slices
        PortThreads* threads = nullptr;
        const Memory* memory = nullptr;
        Growing steady;
    };

    void add_memory(TrackNames& names, const Accelerator& accelerator, MemoryId memory);
    void add_channels(const Memory& memory);
    Channel& channel(const sim::Access& access);
    void enter(const sim::Activity& activity, sim::TileIndex tile);

    void transfer(const sim::TransferEvent& event);
    void compute(const sim::TransferEvent& event);
    void grow(Growing& slice, PortThreads& threads, Interval time);
    void end_steady_before(std::int64_t begin);
    void end(Channel& channel);
    void end_iterations();
    void write(const Channel& channel, Interval time, std::size_t thread, std::string_view mover, std::int64_t bits,
               std::int64_t granules);

    TextBuffer* out_;
    const TrackNames* names_;
    const Workload* workload_;
    sim::PortMap ports_;
    PortThreads array_;
    std::vector<std::int64_t> processes_;  ///< per memory
    std::vector<PortThreads> threads_;     ///< per port
    std::vector<Channel> channels_;        ///< per port, operand and direction
    std::vector<Channel*> steady_;         ///< those with an open slice
    Growing iterations_;                   ///< of the MAC array

    sim::Activity activity_;
    sim::TileIndex tile_;
    std::string step_;  ///< the step as arguments; empty outside steps
};

}  // namespace plumbline::validate
