// SPDX-License-Identifier: Apache-2.0
#include "stores/run_fingerprint.hpp"

#include "execution/fingerprint.hpp"

namespace plumbline::cli {

std::string run_fingerprint(std::vector<std::string> inputs)
{
    inputs.emplace_back(simulations_version());
    return joint_fingerprint(inputs);
}

}  // namespace plumbline::cli
