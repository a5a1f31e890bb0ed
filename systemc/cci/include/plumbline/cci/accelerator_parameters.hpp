// SPDX-License-Identifier: Apache-2.0
// The options of an accelerator as parameters of Accellera's CCI, for hosts whose configuration comes from a broker (qbox, SCC, …).
//
//     struct Npu : sc_core::sc_module {
//         plumbline::cci::AcceleratorParameters parameters;  // "npu.fidelity", "npu.longest_burst", …
//         plumbline::sim::Accelerator accelerator;
//         Npu(const sc_core::sc_module_name& name, const plumbline::Accelerator& hardware,
//             const std::vector<plumbline::sim::AcceleratorProgram>& programs)
//             : sc_module{name}, accelerator{"accelerator", hardware, programs, parameters.options()} {}
//     };
#pragma once

#include <cci_configuration>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plumbline/error.hpp"
#include "plumbline/sim/accelerator_settings.hpp"

namespace plumbline::cci {

/// One parameter for each of sim::accelerator_settings(), with its description. A broker presets values before this is built;
/// the accelerator is built from them once, so they do not change afterwards (CCI_IMMUTABLE_PARAM).
class AcceleratorParameters {
public:
    /// Parameters lie below the module that is being built; where a broker says nothing, they have the values of `defaults`.
    explicit AcceleratorParameters(const sim::AcceleratorOptions& defaults = {}) : defaults_{defaults}
    {
        for (const sim::AcceleratorSetting& setting : sim::accelerator_settings())
            parameters_.push_back({&setting, std::visit([&](const auto& value) { return made(setting, value); },
                                                        setting.value(defaults))});
    }

    /// What the parameters say. \throws InputError that names the parameter, where its value is none of those expected
    sim::AcceleratorOptions options() const
    {
        sim::AcceleratorOptions options = defaults_;
        for (const auto& [setting, parameter] : parameters_)
            std::visit([&, &of = *setting](const auto& typed) { set(options, of, *typed); }, parameter);
        return options;
    }

private:
    template <class Value>
    using Typed = ::cci::cci_param<Value, ::cci::CCI_IMMUTABLE_PARAM>;
    using Either = std::variant<std::unique_ptr<Typed<std::uint64_t>>, std::unique_ptr<Typed<std::string>>>;

    template <class Value>
    static Either made(const sim::AcceleratorSetting& setting, const Value& value)
    {
        return std::make_unique<Typed<Value>>(setting.name, value, setting.description);
    }

    template <class Parameter>
    static void set(sim::AcceleratorOptions& options, const sim::AcceleratorSetting& setting,
                    const Parameter& parameter)
    {
        try {
            setting.set(options, parameter.get_value());
        } catch (const InputError& error) {
            throw InputError{parameter.name(), error.problem()};
        }
    }

    sim::AcceleratorOptions defaults_;
    std::vector<std::pair<const sim::AcceleratorSetting*, Either>> parameters_;
};

}  // namespace plumbline::cci
