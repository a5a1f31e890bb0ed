// SPDX-License-Identifier: Apache-2.0
// The border of the plugin: C functions around a Config and the peripheral. No exception crosses it.
#include <algorithm>
#include <cstring>
#include <exception>
#include <fstream>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "config.hpp"
#include "listener.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/data_folder.hpp"
#include "plumbline/sim/accelerator.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/energy.hpp"
#include "plumbline/sim/observations.hpp"
#include "plumbline_sc.h"

using plumbline::InputError;
using plumbline::plugin::Config;

struct plumbline_sc_config {
    Config value;
    std::string error;
};

struct plumbline_sc_accelerator {
    plumbline_sc_accelerator(const std::string& name, Config& config)
        : module{name.c_str(), config.accelerator(), config.programs(), config.options()},
          memories{config.accelerator().memories().size()}
    {}

    plumbline::sim::Accelerator module;
    std::size_t memories;
    plumbline::sim::EnergySample power_asked{};
};

namespace {

constexpr unsigned kBusWidth = 32;

std::string text(const char* given, const char* argument)
{
    if (given == nullptr) throw InputError(argument, "is null, expected text");
    return given;
}

void keep(std::string& error, const char* reason) noexcept
{
    try {
        error = reason;
    } catch (const std::bad_alloc&) {
        error.clear();
    }
}

/// 0, or 1 and a reason in the configuration. An sc_report is a std::exception too.
template <class Work>
int call(plumbline_sc_config* config, Work work) noexcept
{
    if (config == nullptr) return 1;
    try {
        config->error.clear();
        work(config->value);
        return 0;
    } catch (const std::exception& error) {
        keep(config->error, error.what());
    } catch (...) {
        keep(config->error, "an unknown exception");
    }
    return 1;
}

plumbline_sc_config* config_create() noexcept
{
    static const char here = 0;
    try {
        return new plumbline_sc_config{Config{plumbline::io::data_folder(&here, {PLUMBLINE_DATA_FROM_PLUGIN})}, {}};
    } catch (...) {
        return nullptr;
    }
}

void config_destroy(plumbline_sc_config* config) noexcept { delete config; }

const char* error(const plumbline_sc_config* config) noexcept
{
    return config == nullptr ? "the configuration is null" : config->error.c_str();
}

int set_data_folder(plumbline_sc_config* config, const char* folder) noexcept
{
    return call(config, [&](Config& value) { value.set_data_folder(text(folder, "folder")); });
}

int set_accelerator(plumbline_sc_config* config, const char* name) noexcept
{
    return call(config, [&](Config& value) { value.set_accelerator(text(name, "accelerator")); });
}

int set_profile(plumbline_sc_config* config, const char* path) noexcept
{
    return call(config, [&](Config& value) { value.set_profile(text(path, "profile")); });
}

int add_program(plumbline_sc_config* config, const char* workload, const char* schedule) noexcept
{
    return call(config,
                [&](Config& value) { value.add_program(text(workload, "workload"), text(schedule, "schedule")); });
}

int plan_program(plumbline_sc_config* config, const char* workload, const char* mapping, int64_t columns, int64_t rows,
                 const char* mode) noexcept
{
    return call(config, [&](Config& value) {
        const auto overlap = plumbline::overlap_mode_named(text(mode, "mode"));
        if (!overlap) throw InputError("mode", "is unknown, expected fully-recompute, h-cached or fully-cached");
        if (columns < 1 || rows < 1) throw InputError("tile", "has no columns or no rows, expected at least one each");
        value.plan_program(text(workload, "workload"), mapping == nullptr ? "" : mapping, {{columns, rows}, *overlap});
    });
}

int set_fidelity(plumbline_sc_config* config, const char* fidelity) noexcept
{
    return call(config, [&](Config& value) { value.set_fidelity(text(fidelity, "fidelity")); });
}

int set_real_data(plumbline_sc_config* config, int real) noexcept
{
    using plumbline::sim::AcceleratorData;
    return call(config,
                [&](Config& value) { value.options().data = real ? AcceleratorData::real : AcceleratorData::none; });
}

int set_window(plumbline_sc_config* config, uint64_t first, uint64_t last) noexcept
{
    return call(config, [&](Config& value) {
        if (first > last) throw InputError("window", "ends before it begins");
        value.options().window = {first, last};
    });
}

int set_queue_depth(plumbline_sc_config* config, unsigned depth) noexcept
{
    return call(config, [&](Config& value) { value.options().queue_depth = depth; });
}

int set_register_latency(plumbline_sc_config* config, unsigned nanoseconds) noexcept
{
    return call(config,
                [&](Config& value) { value.options().register_latency = plumbline::sim::Nanoseconds{nanoseconds}; });
}

int set_longest_burst(plumbline_sc_config* config, uint64_t bytes) noexcept
{
    return call(config, [&](Config& value) { value.options().longest_burst = bytes; });
}

int set_alignment(plumbline_sc_config* config, uint64_t bytes) noexcept
{
    return call(config, [&](Config& value) { value.options().alignment = bytes; });
}

int set_outstanding(plumbline_sc_config* config, size_t transactions) noexcept
{
    return call(config, [&](Config& value) { value.options().outstanding = transactions; });
}

int set_non_blocking(plumbline_sc_config* config, int non_blocking) noexcept
{
    using plumbline::sim::BusTransport;
    return call(config, [&](Config& value) {
        value.options().transport = non_blocking ? BusTransport::non_blocking : BusTransport::blocking;
    });
}

int set_address_offset(plumbline_sc_config* config, uint64_t offset) noexcept
{
    return call(config, [&](Config& value) { value.options().address_offset = offset; });
}

/// More than a number can be is the longest: a clock refuses it.
plumbline::sim::Period period_of(uint64_t femtoseconds)
{
    return {static_cast<int64_t>(std::min<uint64_t>(femtoseconds, INT64_MAX))};
}

int set_period(plumbline_sc_config* config, uint64_t femtoseconds) noexcept
{
    return call(config, [&](Config& value) { value.options().period = period_of(femtoseconds); });
}

/// Instances ask for their observers while they are made.
int set_listener(plumbline_sc_config* config, plumbline_sc_listener listener, void* user) noexcept
{
    return call(config, [&](Config& value) {
        value.options().observer = {};
        if (listener == nullptr) return;
        value.options().observer = [&value, listener, user](std::size_t program) {
            return plumbline::plugin::observer_of(listener, user, static_cast<unsigned>(program),
                                                  value.programs()[program].workload());
        };
    });
}

plumbline_sc_accelerator* create(plumbline_sc_config* config, const char* name) noexcept
{
    plumbline_sc_accelerator* made = nullptr;
    call(config, [&](Config& value) {
        made = std::make_unique<plumbline_sc_accelerator>(text(name, "name"), value).release();
    });
    return made;
}

void destroy(plumbline_sc_accelerator* accelerator) noexcept { delete accelerator; }

void* registers(plumbline_sc_accelerator* accelerator) noexcept
{
    tlm::tlm_base_target_socket_b<kBusWidth>* socket = &accelerator->module.registers;
    return socket;
}

void* dma(plumbline_sc_accelerator* accelerator) noexcept
{
    tlm::tlm_base_initiator_socket_b<kBusWidth>* socket = &accelerator->module.dma;
    return socket;
}

void* interrupt(plumbline_sc_accelerator* accelerator) noexcept
{
    sc_core::sc_port_b<sc_core::sc_signal_inout_if<bool>>* port = &accelerator->module.interrupt;
    return port;
}

void* reset(plumbline_sc_accelerator* accelerator) noexcept
{
    sc_core::sc_port_b<sc_core::sc_signal_in_if<bool>>* port = &accelerator->module.reset;
    return port;
}

uint64_t group_size(const plumbline_sc_accelerator* accelerator, unsigned program, int group) noexcept
{
    if (program >= accelerator->module.programs() || group < PLUMBLINE_SC_INPUT || group > PLUMBLINE_SC_SCRATCH)
        return 0;
    return accelerator->module.layout(program).size(static_cast<plumbline::sim::JobGroup>(group));
}

int change_period(plumbline_sc_accelerator* accelerator, uint64_t femtoseconds) noexcept
{
    try {
        accelerator->module.set_period(period_of(femtoseconds));
        return 0;
    } catch (...) {
        return 1;
    }
}

uint64_t cycles(const plumbline_sc_accelerator* accelerator) noexcept
{
    return static_cast<uint64_t>(accelerator->module.cycles().count());
}

double energy(const plumbline_sc_accelerator* accelerator) noexcept
{
    return accelerator->module.energy().energy.count();
}

double power(plumbline_sc_accelerator* accelerator) noexcept
{
    const plumbline::sim::EnergySample now = accelerator->module.energy();
    return milliwatts(std::exchange(accelerator->power_asked, now), now);
}

int write_observations(const plumbline_sc_accelerator* accelerator, unsigned program, const char* path,
                       int times_only) noexcept
{
    using plumbline::sim::Observed;
    try {
        std::ofstream file{path == nullptr ? "" : path};
        file << accelerator->module.observations(program, times_only ? Observed::times : Observed::everything);
        return file.flush() ? 0 : 1;
    } catch (...) {
        return 1;
    }
}

int extend_payloads(plumbline_sc_accelerator* accelerator, plumbline_sc_extension extension, void* user) noexcept
{
    try {
        std::function<void(tlm::tlm_generic_payload&)> extend;
        if (extension != nullptr)
            extend = [extension, user](tlm::tlm_generic_payload& payload) { extension(user, &payload); };
        accelerator->module.extend_payloads(std::move(extend));
        return 0;
    } catch (...) {
        return 1;
    }
}

/// As far as the host's own structure reaches.
template <class Structure>
void hand_out(Structure made, Structure& to) noexcept
{
    made.size = std::min(to.size, sizeof made);
    std::memcpy(&to, &made, made.size);
}

int counters(const plumbline_sc_accelerator* accelerator, unsigned program, plumbline_sc_counters* to) noexcept
{
    try {
        const plumbline::sim::Counters counted = accelerator->module.counters(program);
        const auto cycles = static_cast<uint64_t>(counted.cycles.count());
        hand_out(plumbline_sc_counters{0, cycles, counted.macs(), counted.outputs}, *to);
        return 0;
    } catch (...) {
        return 1;
    }
}

int traffic(const plumbline_sc_accelerator* accelerator, unsigned program, unsigned memory, unsigned operand,
            unsigned direction, plumbline_sc_traffic* to) noexcept
{
    try {
        if (memory >= accelerator->memories || operand >= plumbline::kAllMemoryOperands.size() ||
            direction >= plumbline::kAllDirections.size())
            return 1;
        const plumbline::sim::Traffic counted = accelerator->module.counters(program).total(
            memory, plumbline::kAllMemoryOperands[operand], plumbline::kAllDirections[direction]);
        hand_out(plumbline_sc_traffic{0, counted.granules, counted.bits.count(), counted.words.count()}, *to);
        return 0;
    } catch (...) {
        return 1;
    }
}

constexpr plumbline_sc_functions kFunctions{
    sizeof(plumbline_sc_functions),
    PLUMBLINE_VERSION,
    SC_VERSION,
    SC_CPLUSPLUS,
    kBusWidth,
    config_create,
    config_destroy,
    error,
    set_data_folder,
    set_accelerator,
    set_profile,
    add_program,
    plan_program,
    set_fidelity,
    set_real_data,
    set_window,
    set_queue_depth,
    set_register_latency,
    set_longest_burst,
    create,
    destroy,
    registers,
    dma,
    interrupt,
    reset,
    group_size,
    set_alignment,
    set_outstanding,
    set_non_blocking,
    set_address_offset,
    set_period,
    change_period,
    set_listener,
    cycles,
    energy,
    power,
    write_observations,
    extend_payloads,
    counters,
    traffic,
};

}  // namespace

const plumbline_sc_functions* plumbline_sc_entry_point(int version)
{
    return version == PLUMBLINE_SC_VERSION ? &kFunctions : nullptr;
}
