// SPDX-License-Identifier: Apache-2.0
// What does a network consist of? A table of its layers: operator, loop sizes, MACs.
//
//     std::cout << layers_text(io::read_onnx("net.onnx"));
#pragma once

#include <string>

#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// A row for each layer in topological order, sizes of 1 left out, then sums: multiplications with weights (or a second
/// matrix) apart from what pooling and element-wise layers do, as published counts have it.
std::string layers_text(const Workload& workload);

}  // namespace plumbline::validate
#pragma GCC visibility pop
