// SPDX-License-Identifier: Apache-2.0
// Reads a network from an ONNX file, as people have it.
//
// Each node that computes becomes a layer as ZigZag's YAML would say it, with the padding and the size of its maps; what is free
// (activations, batch normalisation, quantisation, views) becomes part of the layers before it. Shapes and types are all that
// is read: weights may be missing. model/docs/onnx.md lists the operators. Errors are InputErrors with file and node.
//
//     const Workload workload = io::read_onnx("resnet18.onnx");
//     io::write_workload("resnet18.yaml", workload);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/units.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// What an ONNX file leaves open, and what its reader shall do about it.
struct OnnxOptions {
    /// For a batch size that the file leaves open; none: 1. A batch size that the file fixes cannot be changed.
    std::optional<std::int64_t> batch = {};
    /// Of weights; none: as wide as their type, 8 for floating-point numbers.
    std::optional<Bits> weights = {};
    /// Of features; none: as wide as their type, 8 for floating-point numbers.
    std::optional<Bits> activations = {};
    /// Of partial sums; none: 32 for quantised layers and operands of more than 8 bits, else 16.
    std::optional<Bits> partial_sums = {};
    /// Operator types whose nodes pass their first input through.
    std::vector<std::string> skip = {};
};
/// All fields equal.
bool operator==(const OnnxOptions& a, const OnnxOptions& b);

/// Whether this build reads ONNX; without, read_onnx() refuses every file.
bool reads_onnx();

/// The workload is called like the file, without folder and extension; its layers like their nodes.
/// \throws InputError with file and node
Workload read_onnx(const std::string& path, const OnnxOptions& options = {});
/// The same from the bytes of a file called `filename`, which names the workload and stands in errors.
Workload parse_onnx(const std::string& bytes, const std::string& filename, const OnnxOptions& options = {});

/// Whether a path ends as ONNX files do: in ".onnx".
bool is_onnx_path(const std::string& path);
/// From ONNX where is_onnx_path(), else from YAML. \throws InputError
Workload read_workload(const std::string& path, const OnnxOptions& options);

}  // namespace plumbline::io
#pragma GCC visibility pop
