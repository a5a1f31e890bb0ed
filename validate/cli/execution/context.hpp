// SPDX-License-Identifier: Apache-2.0
// What every command needs of its surroundings, and how it says how it ended.
#pragma once

#include <iosfwd>
#include <memory>
#include <stdexcept>
#include <string>

#include <spdlog/logger.h>

#include "plumbline/io/onnx.hpp"

namespace plumbline::cli {

enum class ExitCode : int { done = 0, out_of_tolerance = 1, bad_input = 2, infeasible = 3 };

class Ranks;

struct Context {
    std::ostream& out;
    std::ostream& err;
    std::shared_ptr<spdlog::logger> log;  ///< writes to `err`
    bool terminal = false;                ///< someone watches `err`
    io::OnnxOptions onnx = {};            ///< how ONNX files are read
    const Ranks* ranks = nullptr;         ///< of mpirun, which this process deals out simulations to; null: it is alone
};

/// Ends a command with ExitCode::infeasible.
class InfeasibleError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace plumbline::cli
