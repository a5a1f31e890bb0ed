// SPDX-License-Identifier: Apache-2.0
// Embeds the model: plans a schedule of FSRCNN, and prints what it is predicted to cost. Argument: folder of descriptions.
#include <iostream>
#include <string>

#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/schedule_cost.hpp>

using namespace plumbline;

int main(int, char* argv[])
{
    const std::string data = argv[1];
    const auto accelerator = io::read_accelerator(data + "/accelerators/meta_prototype_df.yaml");
    const auto workload = io::read_workload(data + "/workloads/fsrcnn.yaml");
    const auto rules = io::read_mapping(data + "/mappings/meta_prototype.yaml", accelerator);
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    const auto schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) return (std::cerr << schedule.reason() << '\n', 3);
    const auto cost = predict(accelerator, workload, *schedule, Estimator::refined);
    std::cout << cost.energy() << ", " << cost.latency() << '\n';
}
