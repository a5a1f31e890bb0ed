// SPDX-License-Identifier: Apache-2.0
// Files that readers take, most of them about the tiny machine and its network.
#pragma once

#include <string>
#include <vector>

namespace plumbline::test {

extern const std::string kProfile;
extern const std::string kTolerances;
extern const std::string kTraceMapping;  ///< of the foreign trace and of the waveform
extern const std::string kObservations;
extern const std::string kTimes;
extern const std::string kZigzagResult;
extern const std::string kZigzagLayers;
extern const std::string kOwnTrace;
extern const std::string kForeignTrace;
extern const std::string kWaveform;
extern const std::string kStoredPoint;
extern const std::string kQuantities;

std::vector<std::string> accelerator_seeds();
std::vector<std::string> workload_seeds();
std::vector<std::string> mapping_seeds();
std::vector<std::string> onnx_seeds();
/// As text and compressed.
std::vector<std::string> record_seeds();
std::vector<std::string> npy_seeds();

}  // namespace plumbline::test
