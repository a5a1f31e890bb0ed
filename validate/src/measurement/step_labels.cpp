// SPDX-License-Identifier: Apache-2.0
#include "measurement/step_labels.hpp"

namespace plumbline::validate {

std::string copy_label(const std::string& before)
{
    return before.empty() ? "copy of the stack's input" : "copy before " + before;
}

std::string step_label(const sim::Activity& activity, const std::string& layer)
{
    return activity.kind == sim::Activity::Kind::copy ? copy_label(layer) : layer;
}

std::string step_label(const Workload& workload, const sim::Activity& activity)
{
    return step_label(activity, activity.layer ? workload.layer(*activity.layer).name : std::string{});
}

}  // namespace plumbline::validate
