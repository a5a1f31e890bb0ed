// SPDX-License-Identifier: Apache-2.0
#include "npu.hpp"

#include <plumbline/error.hpp>
#include <plumbline/sim/accelerator_settings.hpp>

#include <charconv>

using namespace plumbline;
using Value = sim::AcceleratorSetting::Value;

namespace {

std::string text_of(const Value& value)
{
    const auto* number = std::get_if<std::uint64_t>(&value);
    return number != nullptr ? std::to_string(*number) : std::get<std::string>(value);
}

/// Of the kind that `like` is.
Value value_of(const std::string& text, const Value& like, const char* name)
{
    if (!std::holds_alternative<std::uint64_t>(like)) return text;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw InputError{name, "is '" + text + "', expected a number"};
    return number;
}

}  // namespace

NpuProperties::NpuProperties(const sim::AcceleratorOptions& defaults) : defaults_{defaults}
{
    for (const sim::AcceleratorSetting& setting : sim::accelerator_settings())
        properties_.push_back(
            std::make_unique<vcml::property<vcml::string>>(setting.name, text_of(setting.value(defaults))));
}

sim::AcceleratorOptions NpuProperties::options() const
{
    sim::AcceleratorOptions options = defaults_;
    for (std::size_t i = 0; i < properties_.size(); ++i) {
        const sim::AcceleratorSetting& setting = sim::accelerator_settings()[i];
        vcml::property<vcml::string>& property = *properties_[i];
        try {
            setting.set(options, value_of(property.get(), setting.value(defaults_), setting.name));
        } catch (const InputError& error) {
            throw InputError{property.fullname(), error.problem()};
        }
    }
    return options;
}

Npu::Npu(const sc_core::sc_module_name& name, const Accelerator& hardware, const sim::AcceleratorProgram& program,
         const sim::AcceleratorOptions& defaults)
    : vcml::module{name},
      properties{defaults},
      accelerator{"accelerator", hardware, {program}, properties.options()}
{
    accelerator.extend_payloads([this](tlm::tlm_generic_payload&) { ++transactions_; });
}
