// SPDX-License-Identifier: Apache-2.0
// Predictions of rows against the RTL design: what is not known of it is fitted to a seeded half of the rows, the other half
// says how good that is.
#pragma once

#include <plumbline/validate/fit.hpp>
#include <plumbline/validate/held_out.hpp>

#include "rtl_prediction.hpp"

namespace plumbline::rtl {

struct Judgement {
    std::string of;  ///< "single" or "fused"
    Estimator estimator = Estimator::refined;
    validate::Fit fit;
    validate::HeldOutPredictions before;  ///< of the description as it is
    validate::HeldOutPredictions after;
};

Judgement judge(const Accelerator& accelerator, const std::vector<GemmRow>& rows, Estimator estimator,
                std::uint64_t seed);
Judgement judge(const Accelerator& accelerator, const std::vector<FusedRow>& rows, Estimator estimator,
                std::uint64_t seed);

}  // namespace plumbline::rtl
