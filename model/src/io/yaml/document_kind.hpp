// SPDX-License-Identifier: Apache-2.0
// Which of the three descriptions is a YAML document: an accelerator, a network or mapping rules?
//
// Told from its keys, as files of all three kinds end in .yaml.
#pragma once

#include "plumbline/check.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {

/// \throws InputError where it has no key of any
DescriptionKind kind_of_document(const YamlField& root);

}  // namespace plumbline::io
