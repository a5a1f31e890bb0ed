// SPDX-License-Identifier: Apache-2.0
// Calibration profiles as YAML, to be read by people, by prediction and by the machine.
//
//     schema: plumbline-calibration-1
//     accelerator: meta_prototype_df
//     memories:
//       wei_sram: {bandwidth: 0.93, access_latency: 4, burst_overhead: 0, burst: 512, energy_scale: 1}
//     top: {efficiency: 0.87, refresh_share: 0}
//     steps: {dispatch: 25}
//
// What is left out is neutral; only `schema` must be there. `fitted_to` lists schedules. What is written reads back equal,
// bit for bit. Errors name file, line and field.
#pragma once

#include <string>

#include "plumbline/calibration.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// \throws InputError
/// The profile in a file.
Calibration read_calibration(const std::string& path);
/// The profile in a text; `filename` is named in errors. \throws InputError
Calibration parse_calibration(const std::string& text, const std::string& filename);
/// The same, and it must fit `accelerator`. \throws InputError
Calibration read_calibration(const std::string& path, const Accelerator& accelerator);
/// The same from a text. \throws InputError
Calibration parse_calibration(const std::string& text, const std::string& filename, const Accelerator& accelerator);

/// The profile as text that reads back equal.
std::string to_yaml(const Calibration& calibration);
/// \throws InputError where the file cannot be written
/// Replaces the file.
void write_calibration(const Calibration& calibration, const std::string& path);

}  // namespace plumbline::io
#pragma GCC visibility pop
