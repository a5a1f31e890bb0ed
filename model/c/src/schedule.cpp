// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "call.hpp"
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/io/schedule_json.hpp"

namespace c = plumbline::c;
namespace io = plumbline::io;
using plumbline::InputError;

namespace {

plumbline::PlanOptions plan_options(const plumbline_options& options, const plumbline::Workload& workload)
{
    plumbline::PlanOptions plan = options.plan;
    plan.cuts = io::parse_cuts(options.cuts, workload, "cuts");
    if (!plan.stacks.empty()) return plan;
    if (options.for_all.tile.x < 1) throw InputError("tile", "is missing, expected its columns and rows");
    plan.stacks = {options.for_all};
    return plan;
}

/// Rules unroll along the dimensions of the array that they were read for.
const plumbline::MappingRules& rules_for(const plumbline::Accelerator& accelerator, const plumbline_mapping& mapping)
{
    if (!(mapping.accelerator->array() == accelerator.array()))
        throw InputError("mapping", "was read for the array of " + mapping.accelerator->name() +
                                        ", expected rules for that of " + accelerator.name());
    return mapping.value;
}

}  // namespace

plumbline_status plumbline_schedule_plan(plumbline_session* session, const plumbline_accelerator* accelerator,
                                         const plumbline_workload* workload, const plumbline_mapping* mapping,
                                         const plumbline_options* options, plumbline_schedule** schedule)
{
    return c::create(session, schedule, [&] {
        const auto& hardware = c::given(accelerator, "accelerator").value;
        const auto& network = c::given(workload, "workload").value;
        const auto& rules = rules_for(*hardware, c::given(mapping, "mapping"));
        const auto plan = plan_options(c::given(options, "options"), *network);
        return plumbline_schedule{hardware, network,
                                  c::feasible(plumbline::plan_schedule(*hardware, *network, rules, plan))};
    });
}

plumbline_status plumbline_schedule_load(plumbline_session* session, const char* path,
                                         const plumbline_accelerator* accelerator, const plumbline_workload* workload,
                                         plumbline_schedule** schedule)
{
    return c::create(session, schedule, [&] {
        const auto& hardware = c::given(accelerator, "accelerator").value;
        const auto& network = c::given(workload, "workload").value;
        return plumbline_schedule{hardware, network,
                                  io::read_schedule(c::given_text(path, "path"), *hardware, *network)};
    });
}

plumbline_status plumbline_schedule_parse(plumbline_session* session, const char* text, const char* filename,
                                          const plumbline_accelerator* accelerator, const plumbline_workload* workload,
                                          plumbline_schedule** schedule)
{
    return c::create(session, schedule, [&] {
        const auto& hardware = c::given(accelerator, "accelerator").value;
        const auto& network = c::given(workload, "workload").value;
        return plumbline_schedule{hardware, network,
                                  io::schedule_from_json(c::given_text(text, "text"),
                                                         c::given_text(filename, "filename"), *hardware, *network)};
    });
}

void plumbline_schedule_destroy(plumbline_schedule* schedule) { delete schedule; }

plumbline_status plumbline_schedule_save(plumbline_session* session, const plumbline_schedule* schedule,
                                         const char* path)
{
    return c::call(session, [&] {
        const plumbline_schedule& planned = c::given(schedule, "schedule");
        io::write_schedule(c::given_text(path, "path"), planned.value, *planned.accelerator);
    });
}

plumbline_status plumbline_schedule_json(plumbline_session* session, const plumbline_schedule* schedule,
                                         const char** text)
{
    if (text != nullptr) *text = nullptr;
    return c::call(session, [&] {
        const plumbline_schedule& planned = c::given(schedule, "schedule");
        session->text = io::to_json(planned.value, *planned.accelerator);
        c::given(text, "text") = session->text.c_str();
    });
}

size_t plumbline_schedule_stack_count(const plumbline_schedule* schedule)
{
    return schedule == nullptr ? 0 : schedule->value.stacks.size();
}
