// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/accelerator_settings.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

using Value = AcceleratorSetting::Value;

template <class T>
using Names = std::array<std::pair<std::string_view, T>, 2>;

constexpr Names<AcceleratorData> kData{{{"none", AcceleratorData::none}, {"real", AcceleratorData::real}}};
constexpr Names<BusTransport> kTransports{
    {{"blocking", BusTransport::blocking}, {"non_blocking", BusTransport::non_blocking}}};

std::uint64_t number(const Value& value, const char* name)
{
    if (const auto* given = std::get_if<std::uint64_t>(&value)) return *given;
    throw InputError{name, "is '" + std::get<std::string>(value) + "', expected a number"};
}

std::string text(const Value& value, const char* name, const std::string& expected)
{
    if (const auto* given = std::get_if<std::string>(&value)) return *given;
    throw InputError{name, "is " + std::to_string(std::get<std::uint64_t>(value)) + ", expected " + expected};
}

template <class T>
std::string name_in(const Names<T>& names, T wanted)
{
    return std::string{names[names[0].second == wanted ? 0 : 1].first};
}

template <class T>
T named(const Names<T>& names, const Value& value, const char* option)
{
    const std::string expected = std::string{names[0].first} + " or " + std::string{names[1].first};
    const std::string given = text(value, option, expected);
    for (const auto& [name, of] : names)
        if (name == given) return of;
    throw InputError{option, "is '" + given + "', expected " + expected};
}

/// A number; `at` is where options have it.
template <class At>
AcceleratorSetting numeric(const char* name, const char* description, At at)
{
    return {name, description, [at](const AcceleratorOptions& options) -> Value { return std::uint64_t{at(options)}; },
            [at, name](AcceleratorOptions& options, const Value& value) { at(options) = number(value, name); }};
}

/// One of two names; `at` is where options have what it means.
template <class T, class At>
AcceleratorSetting choice(const char* name, const char* description, const Names<T>& names, At at)
{
    return {name, description,
            [at, &names](const AcceleratorOptions& options) -> Value { return name_in(names, at(options)); },
            [at, &names, name](AcceleratorOptions& options, const Value& value) {
                at(options) = named(names, value, name);
            }};
}

AcceleratorSetting fidelity()
{
    return {"fidelity", "what runs the tiles: cycle, transaction or analytical",
            [](const AcceleratorOptions& options) -> Value { return std::string{name_of(options.fidelity)}; },
            [](AcceleratorOptions& options, const Value& value) {
                const std::string expected = "cycle, transaction or analytical";
                const std::string name = text(value, "fidelity", expected);
                const auto fidelity = accelerator_fidelity_named(name);
                if (!fidelity) throw InputError{"fidelity", "is '" + name + "', expected " + expected};
                options.fidelity = *fidelity;
            }};
}

/// A number that is not kept as an unsigned one.
template <class Kept>
AcceleratorSetting converted(const char* name, const char* description, std::int64_t (*get)(const AcceleratorOptions&),
                             Kept (*made)(std::int64_t), Kept AcceleratorOptions::*member)
{
    return {name, description,
            [get](const AcceleratorOptions& options) -> Value { return static_cast<std::uint64_t>(get(options)); },
            [name, made, member](AcceleratorOptions& options, const Value& value) {
                options.*member = made(static_cast<std::int64_t>(number(value, name)));
            }};
}

std::vector<AcceleratorSetting> all_settings()
{
    return {
        fidelity(),
        choice(
            "data", "bytes of maps and weights in system memory: none (they mean nothing) or real (int8)", kData,
            [](auto& options) -> auto& { return options.data; }),
        numeric(
            "queue_depth", "jobs that wait, 1 to 255, beside the one that runs",
            [](auto& options) -> auto& { return options.queue_depth; }),
        converted<Nanoseconds>(
            "register_latency", "nanoseconds of an access to a register",
            [](const AcceleratorOptions& options) { return options.register_latency.count(); },
            [](std::int64_t count) { return Nanoseconds{count}; }, &AcceleratorOptions::register_latency),
        converted<Period>(
            "period", "femtoseconds of a cycle; 0: the clock is gated",
            [](const AcceleratorOptions& options) { return options.period.femtoseconds; },
            [](std::int64_t count) { return Period{count}; }, &AcceleratorOptions::period),
        numeric(
            "longest_burst", "bytes of a transaction of the dma socket at most; 0: no limit",
            [](auto& options) -> auto& { return options.longest_burst; }),
        numeric(
            "window_first", "lowest address that the dma socket touches",
            [](auto& options) -> auto& { return options.window.first; }),
        numeric(
            "window_last", "highest address that the dma socket touches",
            [](auto& options) -> auto& { return options.window.last; }),
        numeric(
            "alignment", "bytes: no transaction crosses a multiple of it; 0: they may cross anything",
            [](auto& options) -> auto& { return options.alignment; }),
        numeric(
            "outstanding", "transactions under way at a time at most; 0: one for each transfer under way",
            [](auto& options) -> auto& { return options.outstanding; }),
        choice(
            "transport", "how the dma socket sends: blocking (b_transport) or non_blocking (nb_transport, four phases)",
            kTransports, [](auto& options) -> auto& { return options.transport; }),
        numeric(
            "address_offset", "bytes added to addresses on the bus, modulo 2^64",
            [](auto& options) -> auto& { return options.address_offset; }),
    };
}

}  // namespace

const std::vector<AcceleratorSetting>& accelerator_settings()
{
    static const std::vector<AcceleratorSetting> settings = all_settings();
    return settings;
}

}  // namespace plumbline::sim
