// SPDX-License-Identifier: Apache-2.0
// What is behind the opaque handles of plumbline.h.
//
// Handles share what they are made of, so that each keeps alive what it needs and all can be destroyed in any order.
// Those that threads may share hold constants only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "plumbline.h"
#include "plumbline/accelerator.hpp"
#include "plumbline/calibration.hpp"
#include "plumbline/cost_summary.hpp"
#include "plumbline/io/description_folder.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/prepared_schedule.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

struct plumbline_session {
    std::string error;
    plumbline::io::DescriptionFolder data;
    std::string built_in_name;
    std::string text;
};

struct plumbline_accelerator {
    std::shared_ptr<const plumbline::Accelerator> value;
    std::string built_in_name;  ///< empty for one that has a file or a text of its own
    bool calibrated = false;
};

struct plumbline_workload {
    std::shared_ptr<const plumbline::Workload> value;
};

struct plumbline_mapping {
    plumbline::MappingRules value;
    std::shared_ptr<const plumbline::Accelerator> accelerator;  ///< that the rules were read for
};

struct plumbline_profile {
    plumbline::Calibration value;
};

struct plumbline_options {
    plumbline::StackChoice for_all{{0, 0}, plumbline::OverlapMode::fully_cached};  ///< no tile yet
    std::string cuts = "auto";
    plumbline::PlanOptions plan;  ///< `stacks` is empty where one choice is for all
};

struct plumbline_schedule {
    std::shared_ptr<const plumbline::Accelerator> accelerator;
    std::shared_ptr<const plumbline::Workload> workload;
    plumbline::Schedule value;
};

struct plumbline_cost {
    struct Part {
        plumbline_part kind = PLUMBLINE_TOTAL;
        std::string name;
        plumbline::CostSummary summary;
    };
    std::shared_ptr<const plumbline::Accelerator> accelerator;
    std::vector<Part> parts;
};

struct plumbline_rates {
    plumbline::Rates value;
};

struct plumbline_prepared {
    plumbline::PreparedSchedule value;
    std::size_t memories = 0;  ///< that rates must have
};
