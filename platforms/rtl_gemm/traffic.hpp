// SPDX-License-Identifier: Apache-2.0
// The traffic of a fused pair, predicted and as the RTL design counts it: equal to the bit but for two things that the design
// does and our machine does not.
//
// * It reads the sums of a product from the buffer before the first round of the reduction, too, when they are all zero.
// * It moves the first product through its registers, from where the buffer keeps results to where it keeps operands.
#pragma once

#include <plumbline/cost.hpp>

#include "rows.hpp"

namespace plumbline::rtl {

/// What passes between levels of the accelerator systolic_16x16.
RtlTraffic traffic_of(const ScheduleCost& cost, const Accelerator& accelerator);

/// What the design moves besides.
struct Extra {
    RtlTraffic first_sums;
    RtlTraffic copy_of_first_product;
};
Extra extra_of(const FusedRow& row);

RtlTraffic operator+(RtlTraffic a, const RtlTraffic& b);
bool operator==(const RtlTraffic& a, const RtlTraffic& b);

}  // namespace plumbline::rtl
