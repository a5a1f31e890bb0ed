// SPDX-License-Identifier: Apache-2.0
// A command that all ranks of mpirun run: the first deals out the work and reports, the others do what they are told.
#pragma once

#include <functional>
#include <string>

#include "execution/context.hpp"
#include "tasks/ranks.hpp"

namespace plumbline::cli {

/// What is wrong with the command line each rank finds, and one says. One that cannot go on ends all.
/// \param ranks null: there is one process alone, which deals
/// \param deal called by the first rank, with itself in the context; once it returns, or nothing is feasible, nobody waits for
/// work any more
/// \param serve called by the others
/// \return what `deal` does \throws what either throws
ExitCode by_ranks(const Context& context, const Ranks* ranks, const std::function<ExitCode(const Context&)>& deal,
                  const std::function<void(const Ranks&)>& serve);

/// To be asked by the rank that deals of what others say. \throws InputError where one of them cannot go on
void refuse_failed(const Ranks::Message& message);

}  // namespace plumbline::cli
