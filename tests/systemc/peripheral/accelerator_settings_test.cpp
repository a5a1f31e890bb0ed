// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/accelerator_settings.hpp"

#include <gmock/gmock.h>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

using testing::HasSubstr;
using Value = AcceleratorSetting::Value;

const AcceleratorSetting& setting(const std::string& name)
{
    for (const AcceleratorSetting& each : accelerator_settings())
        if (each.name == name) return each;
    throw std::out_of_range{name};
}

std::string refusal(const std::string& name, const Value& value)
{
    try {
        AcceleratorOptions options;
        setting(name).set(options, value);
    } catch (const InputError& error) {
        return error.what();
    }
    return "none";
}

TEST(AcceleratorSettings, SayWhatOptionsAre)
{
    AcceleratorOptions options;
    options.fidelity = AcceleratorFidelity::analytical;
    options.window = {16, 4096};
    options.register_latency = Nanoseconds{7};
    options.transport = BusTransport::non_blocking;
    EXPECT_EQ(setting("fidelity").value(options), Value{"analytical"});
    EXPECT_EQ(setting("window_first").value(options), Value{std::uint64_t{16}});
    EXPECT_EQ(setting("window_last").value(options), Value{std::uint64_t{4096}});
    EXPECT_EQ(setting("register_latency").value(options), Value{std::uint64_t{7}});
    EXPECT_EQ(setting("transport").value(options), Value{"non_blocking"});
    EXPECT_EQ(setting("data").value(options), Value{"none"});
}

/// Each setting has a place of its own: what is set is said again, and the others stay as they were.
TEST(AcceleratorSettings, ChangeOneOptionEach)
{
    for (const AcceleratorSetting& changed : accelerator_settings()) {
        AcceleratorOptions options;
        Value value = std::uint64_t{12345};
        const std::string name = changed.name;
        if (name == "fidelity") value = "cycle";
        if (name == "data") value = "real";
        if (name == "transport") value = "non_blocking";
        changed.set(options, value);
        for (const AcceleratorSetting& each : accelerator_settings())
            EXPECT_EQ(each.value(options), name == each.name ? value : each.value({})) << name << " and " << each.name;
        EXPECT_STRNE(changed.description, "") << name;
    }
}

TEST(AcceleratorSettings, RefuseOtherValues)
{
    EXPECT_THAT(refusal("fidelity", "exact"),
                HasSubstr("fidelity: is 'exact', expected cycle, transaction or analytical"));
    EXPECT_THAT(refusal("data", std::uint64_t{1}), HasSubstr("data: is 1, expected none or real"));
    EXPECT_THAT(refusal("transport", "dmi"), HasSubstr("transport: is 'dmi', expected blocking or non_blocking"));
    EXPECT_THAT(refusal("outstanding", "four"), HasSubstr("outstanding: is 'four', expected a number"));
}

}  // namespace
}  // namespace plumbline::sim
