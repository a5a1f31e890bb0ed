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
        case WaitCause::narrow_port: return "narrow_port";
        case WaitCause::contended_port: return "contended_port";
        case WaitCause::off_chip: return "off_chip";
        case WaitCause::offloading: return "offloading";
        case WaitCause::copying: return "copying";
    }
    return "";
}

std::string_view name_of(PortStallCause cause) { return cause == PortStallCause::latency ? "latency" : "other_end"; }

}  // namespace plumbline::sim
