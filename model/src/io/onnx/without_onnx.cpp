// SPDX-License-Identifier: Apache-2.0
// Where the library of ONNX is missing.
#include "plumbline/error.hpp"
#include "plumbline/io/onnx.hpp"

namespace plumbline::io {

bool reads_onnx() { return false; }

Workload parse_onnx(const std::string&, const std::string& filename, const OnnxOptions&)
{
    throw InputError{
        SourceLocation{filename, 0, {}},
        "is an ONNX file, which this build of Plumbline does not read (it was built without libonnx); expected YAML"};
}

}  // namespace plumbline::io
