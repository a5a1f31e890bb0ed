// SPDX-License-Identifier: Apache-2.0
// How much a reader takes. Files come from anybody, and a reader answers soon and within the memory that there is.
//
// The bounds are far above what descriptions, schedules and measurements need. What is larger is refused with the bound.
#pragma once

#include <cstddef>

namespace plumbline::io {

inline constexpr std::size_t kMostBytes = std::size_t{1} << 30U;      // of a file, unpacked
inline constexpr std::size_t kMostJsonBytes = std::size_t{1} << 28U;  // of one text, which takes several times as much
inline constexpr std::size_t kMostYamlBytes = std::size_t{1} << 20U;  // of one text, which takes long
inline constexpr std::size_t kMostLine = std::size_t{1} << 24U;       // bytes of a line
inline constexpr std::size_t kMostNodes = std::size_t{1} << 18U;  // values of a YAML text, with what aliases stand for
inline constexpr std::size_t kMostDepth = 64;                     // lists and maps within each other
inline constexpr std::size_t kMostColumns = 256;                  // of a table
inline constexpr std::size_t kMostScopes = 256;                   // of a waveform within each other
inline constexpr std::size_t kMostRules = 1000;                   // of a trace mapping, each tried at each event

}  // namespace plumbline::io
