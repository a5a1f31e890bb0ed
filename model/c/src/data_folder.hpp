// SPDX-License-Identifier: Apache-2.0
// Where the built-in descriptions lie that were installed with the library.
#pragma once

#include <string>

namespace plumbline::c {

/// The folder that PLUMBLINE_DATA_DIR names; else the one beside the library (or beside the program, where that holds the
/// library), wherever the installation was moved to. Empty where there is neither.
std::string data_folder();

}  // namespace plumbline::c
