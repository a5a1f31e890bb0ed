// SPDX-License-Identifier: Apache-2.0
// What the text reports have in common.
#pragma once

#include <string>
#include <vector>

#include "plumbline/validate/report.hpp"

namespace plumbline::validate {

/// One line: workload, accelerator, mode, tile and grid of every stack.
std::string headline(const Subject& subject);
/// Energies in text, rounded to whole picojoules where there are thousands of them.
std::string picojoules(Picojoules energy);
std::string cycles(Cycles count);
/// Words in text; one digit after the point shows that granules make fractions of words.
std::string words(Accesses count);
/// percent() of what is no more than a size: "1.25 %"; a sign only where it is negative.
std::string magnitude(double fraction);
/// With so many significant digits, whatever the locale of the user says: "0.8735", "1e-05".
std::string significant(double value, int digits);
/// A line that says of an exact search whether its mappings are proven to be the best.
std::string proof_line(const SearchProof& proof);
/// Parts one after another.
std::string joined(const std::vector<std::string>& parts, const char* separator = ", ");
/// "sram r_port_1".
std::string port_name(const Accelerator& accelerator, MemoryId memory, PortId port);

}  // namespace plumbline::validate
