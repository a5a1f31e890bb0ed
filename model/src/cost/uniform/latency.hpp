// SPDX-License-Identifier: Apache-2.0
// How long a mapped layer takes: stalls of the busiest port while computing, loading before, offloading after.
//
// ZigZag's uniform latency model (Mei et al., DATE 2022): each transfer has a real and an allowed duration per period; a
// port that serves several adds up their stalls and what they cannot hide in the union of their windows; ports work in
// parallel.
#pragma once

#include "cost/layer/mapped_layer.hpp"
#include "cost/uniform/reuse.hpp"
#include "cost/uniform/transfer.hpp"

namespace plumbline::detail {

struct LatencyTerms {
    std::int64_t iterations = 0;
    std::int64_t stall = 0;
    std::int64_t loading = 0;
    std::int64_t offloading = 0;

    std::int64_t total() const { return iterations + stall + loading + offloading; }
};

/// Per operand, in the order of the model.
struct MappedOperand {
    Reuse reuse;
    Transfers transfers;
};

using MappedOperands = std::array<MappedOperand, kMaxOperands>;

LatencyTerms latency_terms(const LayerModel& model, const MappedOperands& mapped);

}  // namespace plumbline::detail
