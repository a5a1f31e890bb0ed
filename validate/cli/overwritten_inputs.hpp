// SPDX-License-Identifier: Apache-2.0
// Would a command replace a file that it is asked to read?
//
// `import net.onnx -o net.onnx` reads the network, and is done with it when the output takes its place: the only copy, perhaps.
// A flag and its `-out` are a pair that says so: `--profile p.yaml --profile-out p.yaml` makes a file anew.
#pragma once

namespace CLI {
class App;
}

namespace plumbline::cli {

/// \param command with the values that it was given \throws InputError naming an output that is an input too
void check_inputs_are_kept(const CLI::App& command);

}  // namespace plumbline::cli
