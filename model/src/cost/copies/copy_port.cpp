// SPDX-License-Identifier: Apache-2.0
#include "cost/copies/copy_port.hpp"

namespace plumbline::detail {

const Port& port_at(const Accelerator& accelerator, Place place, Direction direction)
{
    return accelerator.port(place.memory, place.operand, direction);
}

int port_number_at(const Accelerator& accelerator, Place place, Direction direction)
{
    const MemoryService* service = accelerator.memory(place.memory).service(place.operand);
    return port_number(accelerator, place.memory, *service->port[direction]);
}

TimedPort timed_port_at(const Accelerator& accelerator, Place place, Direction direction)
{
    return {port_at(accelerator, place, direction).width.count(), accelerator.memory(place.memory).timing, true};
}

}  // namespace plumbline::detail
