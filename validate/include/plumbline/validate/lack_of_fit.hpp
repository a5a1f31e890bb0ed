// SPDX-License-Identifier: Apache-2.0
// Does what a fit leaves unexplained follow something that no parameter stands for?
//
// A profile has parameters for memories and steps. Hardware may have more: a layer type that is slow, a cost of each tile.
// Parameters then take values that make up for it, with narrow intervals, and predict other schedules wrongly. So each feature of
// the schedules is tried beside the parameters: residuals are regressed on their derivatives and on the feature's share of the
// time. How much a feature explains by chance is found by permutation of the residuals (Freedman and Lane, 1983); the largest over
// all features counts (Westfall and Young, 1993), so that trying many raises no false alarm. No noise is assumed to be normal.
//
//     const LackOfFit lack = lack_of_fit({predicted, residuals, effects, {{"steps of Pooling", per_schedule}}}, {});
//     lack.found.front().cycles;  // 41.2 for each step of pooling
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Something that schedules have more or less of.
struct Feature {
    std::string name;             ///< "steps of Pooling", "tiles", "words of dram"
    std::vector<double> amounts;  ///< one per schedule, at least 0
};

/// What a parameter that is fitted does.
struct ParameterEffect {
    std::string name;                 ///< the parameter's
    std::vector<double> derivatives;  ///< of the residuals by its value, one per schedule
};

/// What is known of the schedules.
struct Unexplained {
    std::vector<double> predicted;         ///< cycles, by the fitted parameters, one per schedule
    std::vector<double> residuals;         ///< log(predicted / observed), one per schedule
    std::vector<ParameterEffect> effects;  ///< of the parameters that are fitted
    std::vector<Feature> features;         ///< to be tried
};

/// How sure a finding must be.
struct LackOfFitOptions {
    double probability = 0.01;  ///< of naming any feature where there is none
    double least = 1e-3;        ///< part of the time, root mean square, that a feature has to explain; less is rounding
    std::size_t permutations = 4999;  ///< more resolve smaller probabilities
    std::uint64_t seed = 1;           ///< of the permutations; equal seeds find the same on every machine
};

/// A feature that residuals follow.
struct MissingFeature {
    std::string name;                ///< the feature's
    std::vector<std::string> alike;  ///< features that go with it: data do not tell which of them it is
    double cycles = 0;           ///< for each unit of the feature, beside what the parameters then are; below 0: saved
    double explained = 0;        ///< part of the time, root mean square over the schedules
    double probability = 1;      ///< that some feature explains as much by chance
    std::vector<double> shifts;  ///< per parameter, by how much it would change beside the feature
};

/// What was tried, and what was found.
struct LackOfFit {
    std::vector<std::string> parameters;  ///< that are fitted, as `shifts` has them
    std::size_t tried = 0;                ///< features whose effect the parameters cannot have
    bool enough = false;                  ///< whether there are schedules enough to tell: five more than parameters
    double unexplained = 0;               ///< residuals, root mean square
    std::vector<MissingFeature> found;    ///< strongest first; each beside those before it
};

/// Features one after another, as long as one is found.
/// \pre vectors of `data` have a number for each schedule; predictions are positive
LackOfFit lack_of_fit(const Unexplained& data, const LackOfFitOptions& options);

}  // namespace plumbline::validate
#pragma GCC visibility pop
