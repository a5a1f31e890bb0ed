// SPDX-License-Identifier: Apache-2.0
#include "plumbline/cci/accelerator_parameters.hpp"

#include <gmock/gmock.h>

#include "plumbline/sim/kernel.hpp"

namespace plumbline::cci {
namespace {

using sim::AcceleratorOptions;
using testing::HasSubstr;

struct Host : sc_core::sc_module {
    explicit Host(const sc_core::sc_module_name& name, const AcceleratorOptions& defaults = {})
        : sc_module{name},
          parameters{defaults}
    {}
    AcceleratorParameters parameters;
};

/// One broker for all tests, as a process has one.
::cci::cci_broker_handle broker()
{
    static const bool registered = [] {
        static ::cci_utils::broker global{"global"};
        ::cci::cci_register_broker(global);
        return true;
    }();
    EXPECT_TRUE(registered);
    return ::cci::cci_get_global_broker(::cci::cci_originator{"test"});
}

class ParametersOfAccelerators : public testing::Test {
protected:
    ParametersOfAccelerators() { broker(); }  // before there are parameters
};

TEST_F(ParametersOfAccelerators, HaveWhatTheBrokerPresets)
{
    broker().set_preset_cci_value("preset.fidelity", ::cci::cci_value{std::string{"cycle"}});
    broker().set_preset_cci_value("preset.outstanding", ::cci::cci_value{std::uint64_t{4}});
    const Host host{"preset"};
    const AcceleratorOptions options = host.parameters.options();
    EXPECT_EQ(options.fidelity, sim::AcceleratorFidelity::cycle);
    EXPECT_EQ(options.outstanding, 4U);
}

TEST_F(ParametersOfAccelerators, ElseHaveTheDefaults)
{
    AcceleratorOptions defaults;
    defaults.alignment = 64;
    const Host host{"unset", defaults};
    EXPECT_EQ(host.parameters.options().alignment, 64U);
    EXPECT_EQ(host.parameters.options().longest_burst, 4096U);
}

TEST_F(ParametersOfAccelerators, TellTheirPurpose)
{
    const Host host{"told"};
    const ::cci::cci_param_handle parameter = broker().get_param_handle("told.longest_burst");
    ASSERT_TRUE(parameter.is_valid());
    EXPECT_THAT(parameter.get_description(), HasSubstr("bytes of a transaction"));
}

TEST_F(ParametersOfAccelerators, RefuseNamesThatAreUnknown)
{
    broker().set_preset_cci_value("wrong.transport", ::cci::cci_value{std::string{"dmi"}});
    const Host host{"wrong"};
    try {
        host.parameters.options();
        FAIL() << "expected a refusal";
    } catch (const InputError& error) {
        EXPECT_STREQ(error.what(), "wrong.transport: is 'dmi', expected blocking or non_blocking");
    }
}

}  // namespace
}  // namespace plumbline::cci
