// SPDX-License-Identifier: Apache-2.0
#include "options/functional_flags.hpp"

#include "options/number_flag.hpp"

namespace plumbline::cli {

void add_functional(CLI::App& app, FunctionalFlags& flags)
{
    auto* functional = app.add_flag("--functional", flags.wanted,
                                    "Compute as well, and compare outputs with a reference; exit 1 where one differs")
                           ->excludes("--fold-classes");
    auto* seed = app.add_option("--seed", flags.seed, "Of random features and weights")
                     ->transform(number<decltype(flags.seed)>(0))
                     ->needs(functional)
                     ->capture_default_str();
    app.add_option("--data", flags.folder, "Folder with input.npy and weights_<layer>.npy (int8) instead")
        ->needs(functional)
        ->excludes(seed);
    app.add_option("--functional-out", flags.output,
                   "Write the output map to this file (.npy); of several outputs, each to FILE_<layer>.npy")
        ->needs(functional);
}

}  // namespace plumbline::cli
