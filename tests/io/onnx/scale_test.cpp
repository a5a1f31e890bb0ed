// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class LargeOnnx : public OnnxFiles {};

TEST_F(LargeOnnx, OfTwoThousandNodesIsReadInSeconds)
{
    const auto begin = std::chrono::steady_clock::now();
    const Workload net = model("chain_2000");
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    // 500 blocks of two convolutions and an addition; activations are free.
    EXPECT_EQ(net.layers().size(), 1500U);
    EXPECT_LT(seconds.count(), 10) << "0.5 s is usual, without optimisation";
}

}  // namespace
}  // namespace plumbline::test
