// SPDX-License-Identifier: Apache-2.0
// Copies one region at a time from memory to memory, hop by hop: all of it has arrived before it goes on. In a machine
// that computes with data, its bytes go along in the payloads.
#pragma once

#include <optional>

#include "compiler/layer_program.hpp"
#include "functional/data_plane.hpp"
#include "machine/initiator.hpp"

namespace plumbline::sim {

class Copier : public Initiator {
public:
    SC_HAS_PROCESS(Copier);

    Copier(const sc_core::sc_module_name& name, MachineContext& context);

    /// What the next copy carries, if anything.
    void load(std::optional<CopyPayload> copy) { copy_ = std::move(copy); }
    /// The hops must outlive the copy.
    void start(const std::vector<Transfer>& hops, ActivityIndex activity);
    /// Blocks the calling thread until the copy has arrived.
    void finish();
    void abandon() override;

private:
    void work();
    const SlicePayload* slice_of(const Access& access) override;

    const std::vector<Transfer>* hops_ = nullptr;
    ActivityIndex activity_ = 0;
    std::optional<CopyPayload> copy_;
    SlicePayload slice_;
    sc_core::sc_process_handle worker_;
    sc_core::sc_event start_{"start"};
    sc_core::sc_event done_{"done"};
};

}  // namespace plumbline::sim
