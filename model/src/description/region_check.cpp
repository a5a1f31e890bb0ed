// SPDX-License-Identifier: Apache-2.0
// Does a schedule copy no more of a map than anybody reads of it?

#include <numeric>

#include "description/basics/field_names.hpp"
#include "description/reach.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline {
namespace {

void check_region(const FeatureRegion& region, const Reach& reach, const Workload& workload, const std::string& field)
{
    const Pixels& most = region.producer ? reach.of(*region.producer) : reach.of_input();
    const std::string whose = region.producer ? "the output of layer '" + workload.layer(*region.producer).name + '\''
                                              : std::string{"the network's input"};
    const auto within = [&](std::int64_t size, std::int64_t bound, const char* name) {
        if (size <= bound) return;
        throw InputError{field + '.' + name, "is " + std::to_string(size) + ", expected at most " +
                                                 std::to_string(bound) + ", which are read of " + whose};
    };
    within(region.rows, most.rows, "rows");
    within(region.columns, most.columns, "columns");
}

}  // namespace

void check_regions(const Schedule& schedule, const Workload& workload)
{
    std::vector<std::size_t> order(workload.layers().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const Reach reach{workload.layers(), order, workload.bounded()};
    for_each_step(schedule, [&](const ScheduledStep& step) {
        const CopyStep* copies = step.copies();
        if (copies == nullptr) return;
        const std::string stack = indexed("stacks", step.stack);
        const std::string field = indexed(indexed(stack + ".classes", step.tile_class) + ".steps", step.step);
        for (std::size_t i = 0; i < copies->copies.size(); ++i)
            check_region(copies->copies[i].region, reach, workload, indexed(field + ".copies", i) + ".region");
    });
}

}  // namespace plumbline
