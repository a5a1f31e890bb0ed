// SPDX-License-Identifier: Apache-2.0
#include "refusal.hpp"

#include <mutex>
#include <new>
#include <type_traits>

#include "systemc_version.hpp"

struct plumbline_sc_config {
    std::string reason;
};

namespace plumbline::plugin {
namespace {

constexpr unsigned kBusWidth = 32;

std::mutex reason_mutex;
std::string current_reason;

plumbline_sc_config* config_create() noexcept
{
    try {
        const std::lock_guard lock{reason_mutex};
        return new plumbline_sc_config{current_reason};
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}

void config_destroy(plumbline_sc_config* config) noexcept { delete config; }

const char* error(const plumbline_sc_config* config) noexcept
{
    return config == nullptr ? "the configuration is null" : config->reason.c_str();
}

/// Any of the other functions: a status says that it failed, all else is nothing.
template <class Result, class... Arguments>
Result refuse(Arguments...) noexcept
{
    if constexpr (std::is_same_v<Result, int>)
        return 1;
    else
        return Result();
}

constexpr plumbline_sc_functions kRefusing{
    sizeof(plumbline_sc_functions),
    PLUMBLINE_VERSION,
    SC_VERSION,
    SC_CPLUSPLUS,
    kBusWidth,
    config_create,
    config_destroy,
    error,
    refuse,  // set_data_folder
    refuse,  // set_accelerator
    refuse,  // set_profile
    refuse,  // add_program
    refuse,  // plan_program
    refuse,  // set_fidelity
    refuse,  // set_real_data
    refuse,  // set_window
    refuse,  // set_queue_depth
    refuse,  // set_register_latency
    refuse,  // set_longest_burst
    refuse,  // create
    refuse,  // destroy
    refuse,  // registers
    refuse,  // dma
    refuse,  // interrupt
    refuse,  // reset
    refuse,  // group_size
    refuse,  // set_alignment
    refuse,  // set_outstanding
    refuse,  // set_non_blocking
    refuse,  // set_address_offset
    refuse,  // set_period
    refuse,  // change_period
    refuse,  // set_listener
    refuse,  // cycles
    refuse,  // energy
    refuse,  // power
    refuse,  // write_observations
    refuse,  // extend_payloads
    refuse,  // counters
    refuse,  // traffic
};

}  // namespace

const plumbline_sc_functions& refusing_functions(const std::string& reason)
{
    const std::lock_guard lock{reason_mutex};
    current_reason = reason;
    return kRefusing;
}

}  // namespace plumbline::plugin
