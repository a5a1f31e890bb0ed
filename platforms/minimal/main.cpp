// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <string>

#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/schedule_cost.hpp>

using namespace plumbline;

int main(int argc, char* argv[])
{
    const std::string data = argc > 1 ? argv[1] : "/usr/share/plumbline";
    const auto accelerator = io::read_accelerator(data + "/accelerators/meta_prototype_df.yaml");
    const auto workload = io::read_workload(data + "/workloads/defines/fsrcnn.yaml");
    const auto rules = io::read_mapping(data + "/mappings/meta_prototype.yaml", accelerator);
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    const auto schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) return std::cerr << schedule.reason() << '\n', 3;
    const auto cost = predict(accelerator, workload, *schedule, Estimator::refined);
    std::cout << std::fixed << cost.energy() << ", " << cost.latency() << '\n';
}
