// SPDX-License-Identifier: Apache-2.0
// What do the observations say about a parameter, and which changes of parameters can they not tell apart?
//
// The terms are those of identifiability analysis: a parameter that changes nothing is insensitive, one whose effect others
// have as well is collinear with them, and those are confounded with it. A fit (fit.hpp) says it of each of its parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What the observations say about a parameter.
enum class Knowledge : std::uint8_t {
    identified,
    confounded,     ///< with others that have the same effect and are held: the value stands for them all
    collinear,      ///< other parameters together have its effect: stays at its initial value
    insensitive,    ///< changes no prediction: stays at its initial value
    noise_limited,  ///< noise leaves its whole range open: stays at its initial value
};
/// In reports, in the order of the enumerators: "identified", "combined", "imitated", "unseen", "drowned".
std::string_view name_of(Knowledge knowledge);
/// Whether a parameter of which no more is known stays at its initial value.
bool stays_initial(Knowledge knowledge);

/// Changes of parameters that together change no prediction by more than noise.
struct Indistinct {
    /// Of one parameter.
    struct Change {
        std::size_t parameter = 0;  ///< index among those of the fit
        double change = 0;          ///< in the parameter's unit; negative: lower
    };
    std::vector<Change> changes;  ///< first that of the parameter which stays at its initial value
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
