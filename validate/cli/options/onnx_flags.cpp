// SPDX-License-Identifier: Apache-2.0
#include "options/onnx_flags.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "options/number_flag.hpp"

namespace plumbline::cli {
namespace {

constexpr const char* kGroup = "Networks in ONNX";
constexpr std::int64_t kMostBits = 64;

void add_bits(CLI::App& app, const std::string& flag, std::optional<Bits>& bits, const std::string& help)
{
    const auto set = [&bits](const std::int64_t& count) { bits = Bits{count}; };
    app.add_option_function<std::int64_t>(flag, set, help)
        ->transform(number<std::int64_t>(1, kMostBits, "BITS"))
        ->group(kGroup);
}

}  // namespace

void add_onnx(CLI::App& app, io::OnnxOptions& options)
{
    const auto set_batch = [&options](const std::int64_t& batch) { options.batch = batch; };
    app.add_option_function<std::int64_t>("--onnx-batch", set_batch,
                                          "Batch size, where the file leaves it open (default: 1)")
        ->transform(number<std::int64_t>(1, std::numeric_limits<std::int32_t>::max(), "POSITIVE"))
        ->group(kGroup);
    app.add_option("--onnx-skip", options.skip, "Operator type whose nodes pass their first input through; repeatable")
        ->type_name("TYPE")
        ->allow_extra_args(false)
        ->group(kGroup);
    add_bits(app, "--onnx-weight-bits", options.weights, "Of a weight (default: of its type; 8 for floating point)");
    add_bits(app, "--onnx-activation-bits", options.activations,
             "Of a feature (default: of its type; 8 for floating point)");
    add_bits(app, "--onnx-partial-bits", options.partial_sums,
             "Of a partial sum (default: 32 in quantised layers, else 16)");
}

}  // namespace plumbline::cli
