// SPDX-License-Identifier: Apache-2.0
// A network of two outputs.
#pragma once

#include <string>

#include "plumbline/io/yaml.hpp"

namespace plumbline::test {

/// Features that two heads read, one of them at half the size behind a layer of its own, as in a detector of two scales.
inline Workload two_heads()
{
    const auto conv = [](const std::string& id, const std::string& name, const std::string& sizes,
                         const std::string& stride, const std::string& more) {
        return "- id: " + id + "\n  name: " + name + R"(
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=)" +
               stride + "*ox+1*fx, iy=" + stride + R"(*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  loop_sizes: )" +
               sizes + more;
    };
    const std::string padded = "\n  pr_loop_dims: [IX, IY]\n  pr_loop_sizes: [20, 12]\n  padding: [[1, 1], [1, 1]]\n";
    return io::parse_workload(
        conv("0", "features", "[1, 8, 3, 12, 20, 3, 3]", "1", padded) +
            conv("1", "fine", "[1, 6, 8, 12, 20, 1, 1]", "1", "\n  operand_source: {I: 0}\n") +
            conv("2", "half", "[1, 8, 8, 6, 10, 3, 3]", "2", padded + "  operand_source: {I: 0}\n") +
            conv("3", "coarse", "[1, 6, 8, 6, 10, 1, 1]", "1", "\n  operand_source: {I: 2}\n"),
        "heads.yaml");
}

}  // namespace plumbline::test
