// SPDX-License-Identifier: Apache-2.0
// Predicted cycles of rows, as a function of what is not known of the RTL design: its main memory's port, what a transfer
// costs before and besides its words, what a step costs, and how far steps overlap.
//
// A transfer is one burst, however long. The design fetches for the next step while it computes one; steps of our schedules
// follow each other. `overlap` is the part of what that can save at most: from all phases of a step in turn (0) to the time
// of what is busy longest in it, the array or a port of the main memory (1). A row of one step has nothing to overlap with.
//
//     RtlPrediction predict{accelerator, runs_of(rows, accelerator), Estimator::refined};
//     std::vector<double> cycles = predict({0.97, 3, 6, 50});
#pragma once

#include <string>
#include <vector>

#include <plumbline/cost.hpp>

#include "rtl_schedule.hpp"

namespace plumbline::rtl {

class RtlPrediction {
public:
    /// The accelerator and the runs must outlive this.
    RtlPrediction(const Accelerator& accelerator, const std::vector<RtlRun>& runs, Estimator estimator)
        : accelerator_{&accelerator},
          runs_{&runs},
          estimator_{estimator}
    {}

    /// Cycles of all runs.
    /// \param values of efficiency, access_latency, burst_overhead, dispatch and, of fused pairs, overlap
    std::vector<double> operator()(const std::vector<double>& values) const;

private:
    double cycles(const RtlRun& run, const Accelerator& accelerator, double overlap) const;

    const Accelerator* accelerator_;
    const std::vector<RtlRun>* runs_;
    Estimator estimator_;
};

}  // namespace plumbline::rtl
