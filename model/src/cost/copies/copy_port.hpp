// SPDX-License-Identifier: Apache-2.0
// The port that a hop of a copy uses at one of its ends.
#pragma once

#include "cost/layer/port_number.hpp"
#include "cost/layer/port_timing.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

// \pre the memory of each place serves its operand in that direction

const Port& port_at(const Accelerator& accelerator, Place place, Direction direction);
/// port_number of it.
int port_number_at(const Accelerator& accelerator, Place place, Direction direction);
/// The accelerator must outlive the result.
TimedPort timed_port_at(const Accelerator& accelerator, Place place, Direction direction);

}  // namespace plumbline::detail
