// SPDX-License-Identifier: Apache-2.0
#include "inputs/workload_content.hpp"

#include "execution/fingerprint.hpp"
#include "inputs/descriptions.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::cli {

std::string content_of(const Context& context, const std::string& name)
{
    const std::string path = find_description(Description::workload, name).string();
    return io::is_onnx_path(path) ? io::workload_text(io::read_onnx(path, context.onnx)) : text_of(path);
}

std::string content_of(const std::string& name, const Workload& workload)
{
    const std::string path = find_description(Description::workload, name).string();
    return io::is_onnx_path(path) ? io::workload_text(workload) : text_of(path);
}

}  // namespace plumbline::cli
