// SPDX-License-Identifier: Apache-2.0
// What the text reports have in common.
#pragma once

#include <optional>
#include <string>

#include "plumbline/validate/report.hpp"

namespace plumbline::validate {

/// One line: workload, accelerator, mode, tile and grid of every stack.
std::string headline(const Subject& subject);
/// "copy before conv2"; "copy of the stack's input" where `before` is empty.
std::string copy_label(const std::string& before);
std::string copy_label(const Workload& workload, const std::optional<LayerId>& before);
/// Energies in text, rounded to whole picojoules where there are thousands of them.
std::string picojoules(Picojoules energy);
std::string cycles(Cycles count);
/// Words in text; one digit after the point shows that granules make fractions of words.
std::string words(Accesses count);

}  // namespace plumbline::validate
