// SPDX-License-Identifier: Apache-2.0
// Keys that descriptions of ZigZag have and that change nothing here: accepted without a word by the readers, told to whoever asks.
#pragma once

#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/check.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {

/// Of a description of hardware: a remark for each key, where it stands first, with what it means that it is ignored.
/// \throws InputError where the document is no such description
std::vector<Finding> ignored_keys(const YamlField& accelerator);

/// Of mapping rules: hints for array dimensions that the accelerator lacks. \throws InputError likewise
std::vector<Finding> ignored_hints(const YamlField& rules, const Accelerator& accelerator);

}  // namespace plumbline::io
