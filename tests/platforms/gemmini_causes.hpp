// SPDX-License-Identifier: Apache-2.0
// Why is the prediction of a row far off? What of it is largest, or that the RTL itself takes other cycles for the same.
#pragma once

#include <string>

#include "gemmini_judgement.hpp"

namespace plumbline::gemmini {

/// \pre `judged` is one of `judgement`
std::string cause_of(const JudgedSample& judged, const Judgement& judgement);

}  // namespace plumbline::gemmini
