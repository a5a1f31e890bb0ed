// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "tasks/shard.hpp"

namespace plumbline::cli {

/// \param part the beginning of the help: "Explore this part of the points alone"
CLI::Option* add_shard(CLI::App& app, Shard& shard, const std::string& part);

}  // namespace plumbline::cli
