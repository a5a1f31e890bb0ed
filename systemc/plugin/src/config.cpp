// SPDX-License-Identifier: Apache-2.0
#include "config.hpp"

#include <utility>

#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::plugin {

using io::Description;

void Config::set_accelerator(const std::string& name)
{
    expect_no_programs("accelerator");
    accelerator_ = io::read_accelerator(data_.find(Description::accelerator, name, "accelerator"));
    accelerator_name_ = name;
    calibrated_ = false;
}

void Config::set_profile(const std::string& path)
{
    expect_no_programs("profile");
    if (calibrated_) throw InputError("profile", "is set already, and profiles do not add up");
    accelerator_ = calibrated(accelerator(), io::read_calibration(path, accelerator()));
    calibrated_ = true;
}

void Config::add_program(const std::string& workload_name, const std::string& schedule)
{
    Workload network = workload(workload_name);
    Schedule planned = io::read_schedule(schedule, accelerator(), network);
    programs_.emplace_back(std::move(network), std::move(planned));
}

void Config::plan_program(const std::string& workload_name, const std::string& mapping, const StackChoice& choice)
{
    Workload network = workload(workload_name);
    const std::string rules = data_.find_rules(mapping, accelerator_name_, "mapping");
    PlanOptions options;
    options.stacks = {choice};
    Outcome<Schedule> planned = plan_schedule(accelerator(), network, io::read_mapping(rules, accelerator()), options);
    if (!planned) throw InputError("schedule", "is infeasible: " + planned.reason());
    programs_.emplace_back(std::move(network), std::move(*planned));
}

void Config::set_fidelity(const std::string& name)
{
    const auto fidelity = sim::accelerator_fidelity_named(name);
    if (!fidelity) throw InputError("fidelity", "'" + name + "' is unknown, expected cycle, transaction or analytical");
    options_.fidelity = *fidelity;
}

const Accelerator& Config::accelerator() const
{
    if (!accelerator_) throw InputError("accelerator", "is missing, expected set_accelerator before this");
    return *accelerator_;
}

Workload Config::workload(const std::string& name) const { return io::read_workload(data_, name, "workload"); }

void Config::expect_no_programs(const char* field) const
{
    if (!programs_.empty()) throw InputError(field, "has to be set before the first program, which depends on it");
}

}  // namespace plumbline::plugin
