// SPDX-License-Identifier: Apache-2.0
// The payload extension of the machine: says what a transaction moves, and for whom.
//
// One transaction stands for an access that happens several times in several instances of a memory; its data length is
// that of one instance, once. The extension is ignorable in the sense of TLM-2.0: interconnects and probes of others
// pass it on unseen. It does not own the access.
#pragma once

#include "functional/memory_contents.hpp"
#include "plumbline/sim/access.hpp"
#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

/// Numbers the activities of a run.
using ActivityIndex = std::size_t;

/// What a payload carries besides its count, in a machine that computes with data: the bytes at its data pointer.
struct SlicePayload {
    TensorSlice* part = nullptr;   ///< a read notes in it what it found
    std::vector<FeatureBox> kept;  ///< of a write: what stays in the memory
};

struct AccessExtension : tlm::tlm_extension<AccessExtension> {
    const Access* access = nullptr;
    ActivityIndex activity = 0;
    const SlicePayload* slice = nullptr;  ///< none: the bytes mean nothing

    tlm::tlm_extension_base* clone() const override { return new AccessExtension(*this); }
    void copy_from(const tlm::tlm_extension_base& other) override
    {
        *this = static_cast<const AccessExtension&>(other);
    }
};

}  // namespace plumbline::sim
