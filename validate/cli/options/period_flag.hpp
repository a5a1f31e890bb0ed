// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <CLI/CLI.hpp>

#include "plumbline/sim/clock_options.hpp"

namespace plumbline::cli {

/// `--period`: how long a cycle lasts.
void add_period(CLI::App& app, std::optional<sim::Period>& period);

}  // namespace plumbline::cli
