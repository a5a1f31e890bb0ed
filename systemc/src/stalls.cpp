// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/stalls.hpp"

namespace plumbline::sim {

std::string_view name_of(WaitCause cause)
{
    switch (cause) {
        case WaitCause::loading: return "loading";
        case WaitCause::latency: return "latency";
        case WaitCause::starved: return "starved";
        case WaitCause::blocked: return "blocked";
        case WaitCause::narrow_port: return "narrow port";
        case WaitCause::contended_port: return "contended port";
        case WaitCause::off_chip: return "off-chip memory";
        case WaitCause::offloading: return "offloading";
        case WaitCause::copying: return "copying";
    }
    return "";
}

std::string_view name_of(PortStallCause cause) { return cause == PortStallCause::latency ? "latency" : "other end"; }

}  // namespace plumbline::sim
