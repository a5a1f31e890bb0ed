// SPDX-License-Identifier: Apache-2.0
// What the command needs of MPI: texts from one rank to another.
//
// A module of its own has these functions, and the command loads it only where mpirun began it: without, nothing of MPI is
// needed, nor loaded.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plumbline::cli {

extern "C" {

struct MpiFunctions {
    /// Of this process, from 0, and of how many.
    int (*rank)();
    int (*count)();
    /// How many ranks are on this machine.
    int (*count_here)();
    void (*send)(int to, const char* text, std::size_t size);
    /// Size of a text that has arrived, and from whom; negative: there is none. Does not wait.
    std::int64_t (*arrived)(int* from);
    /// The text of that size from that rank.
    void (*receive)(int from, char* text, std::size_t size);
    /// All ranks have to call it.
    void (*end)();
    /// Ends all ranks at once.
    void (*abort)(int exit_code);
};

/// To be called once.
using BeginMpi = const MpiFunctions* (*)();
}

/// The function of that type in the module.
inline constexpr const char* kBeginMpi = "plumbline_begin_mpi";

}  // namespace plumbline::cli
