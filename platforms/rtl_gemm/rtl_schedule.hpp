// SPDX-License-Identifier: Apache-2.0
// What the RTL design does in a row, as a workload and a schedule of the accelerator systolic_16x16.
//
// Rows of A are OX (16 lanes), the reduction is C (16 lanes), columns of B are K. Within a tile K runs innermost, then C, then
// OX: A stays in the array while B passes, and the buffer's sums are read and written once per 16 of the reduction.
//
// One product: the design fetches a tile of A and one of B for every step, even where the one before had the same.
// So each tile of the product is a group (G) with matrices of its own. Its sums stay in the buffer until the reduction is
// over. The design takes the tiles of the product in turn before it advances in K; here K advances first. What is fetched
// and stored is the same.
//
// Two products: a stack of two layers, depth first, in tiles of `tile_m` rows, which are all steps of one class.
#pragma once

#include <plumbline/schedule.hpp>

#include "rows.hpp"

namespace plumbline::rtl {

/// Memories of the accelerator, lowest first.
enum Level : MemoryId { kRegister, kBuffer, kMemory };

struct RtlRun {
    Workload workload;
    Schedule schedule;
};

RtlRun run_of(const GemmRow& row, const Accelerator& accelerator);
RtlRun run_of(const FusedRow& row, const Accelerator& accelerator);

}  // namespace plumbline::rtl
