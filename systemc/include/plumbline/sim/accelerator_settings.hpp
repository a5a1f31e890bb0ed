// SPDX-License-Identifier: Apache-2.0
// The options of an accelerator one by one, by name: for whoever reads a configuration, such as parameters of CCI.
//
//     for (const AcceleratorSetting& setting : accelerator_settings())
//         if (const auto value = configured(setting.name)) setting.set(options, *value);
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "plumbline/sim/accelerator_options.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// One option.
struct AcceleratorSetting {
    /// A number, or one of the names that the description lists.
    using Value = std::variant<std::uint64_t, std::string>;

    const char* name;         ///< as AcceleratorOptions has it; parts of `window` are `window_first` and `window_last`
    const char* description;  ///< in a phrase, with the unit and what is allowed
    /// What options say.
    std::function<Value(const AcceleratorOptions& options)> value;
    /// \throws InputError that names the option, where the value is of the other kind or no name that is expected; whether a
    /// number is in range, the accelerator says
    std::function<void(AcceleratorOptions& options, const Value& value)> set;
};

/// All options that have a value in text.
const std::vector<AcceleratorSetting>& accelerator_settings();

}  // namespace plumbline::sim
#pragma GCC visibility pop
