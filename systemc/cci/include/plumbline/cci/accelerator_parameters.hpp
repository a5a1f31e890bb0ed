// SPDX-License-Identifier: Apache-2.0
// The options of an accelerator as parameters of Accellera's CCI, for hosts whose configuration comes from a broker (qbox, SCC, …).
//
//     struct Npu : sc_core::sc_module {
//         plumbline::cci::AcceleratorParameters parameters;  // "npu.fidelity", "npu.longest_burst", …
//         plumbline::sim::Accelerator accelerator;
//         Npu(const sc_core::sc_module_name& name, const plumbline::Accelerator& hardware,
//             std::vector<plumbline::sim::AcceleratorProgram> programs)
//             : sc_module{name}, accelerator{"accelerator", hardware, std::move(programs), parameters.options()} {}
//     };
#pragma once

#include <cci_configuration>
#include <memory>
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
            parameters_.push_back(
                std::visit([&](const auto& value) { return make(setting, value); }, setting.value(defaults)));
    }

    /// What the parameters say. \throws InputError that names the parameter, where its value is none of those expected
    sim::AcceleratorOptions options() const
    {
        sim::AcceleratorOptions options = defaults_;
        for (const auto& [setting, parameter] : parameters_) {
            try {
                setting->set(options, value_of(*setting, *parameter));
            } catch (const InputError& error) {
                throw InputError{parameter->name(), error.problem()};
            }
        }
        return options;
    }

private:
    struct Parameter {
        const sim::AcceleratorSetting* setting;
        std::unique_ptr<::cci::cci_param_if> parameter;
    };

    template <class Value>
    static Parameter make(const sim::AcceleratorSetting& setting, const Value& value)
    {
        using Typed = ::cci::cci_param<Value, ::cci::CCI_IMMUTABLE_PARAM>;
        return {&setting, std::make_unique<Typed>(setting.name, value, setting.description)};
    }

    sim::AcceleratorSetting::Value value_of(const sim::AcceleratorSetting& setting,
                                            const ::cci::cci_param_if& parameter) const
    {
        const ::cci::cci_value value = parameter.get_cci_value();
        if (std::holds_alternative<std::string>(setting.value(defaults_))) return value.get<std::string>();
        return value.get<std::uint64_t>();
    }

    sim::AcceleratorOptions defaults_;
    std::vector<Parameter> parameters_;
};

}  // namespace plumbline::cci
