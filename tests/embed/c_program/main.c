/* SPDX-License-Identifier: Apache-2.0
 * Predicts FSRCNN on a built-in accelerator, prints where its energy goes, and checks that it adds up. */
#include <math.h>
#include <stdio.h>

#include <plumbline.h>

static plumbline_session* session;

static int refused(plumbline_status status)
{
    if (status != PLUMBLINE_OK) fprintf(stderr, "status %d: %s\n", (int)status, plumbline_session_error(session));
    return status != PLUMBLINE_OK;
}

/* The parts of a cost add up to its first one, and the phases of each to its latency. */
static int adds_up(const plumbline_cost* cost)
{
    double energy = 0;
    int64_t latency = 0, phases = 0;
    size_t part;
    for (part = 1; part < plumbline_cost_part_count(cost); ++part) {
        int phase;
        energy += plumbline_cost_energy(cost, part);
        latency += plumbline_cost_latency(cost, part);
        for (phase = PLUMBLINE_COMPUTE; phase <= PLUMBLINE_COPYING; ++phase)
            phases += plumbline_cost_phase(cost, part, (plumbline_phase)phase);
    }
    return energy > 0 && fabs(energy - plumbline_cost_energy(cost, 0)) <= 1e-9 * energy && latency > 0 &&
           latency == plumbline_cost_latency(cost, 0) && latency == phases;
}

static void print(const plumbline_cost* cost)
{
    size_t row;
    printf("%s: %.0f pJ, %lld cycles\n", plumbline_cost_part_name(cost, 0), plumbline_cost_energy(cost, 0),
           (long long)plumbline_cost_latency(cost, 0));
    for (row = 0; row < plumbline_cost_traffic_count(cost, 0); ++row)
        printf("  %s in %s: %.0f pJ\n", plumbline_cost_traffic_operand(cost, 0, row),
               plumbline_cost_traffic_memory_name(cost, 0, row), plumbline_cost_traffic_energy(cost, 0, row));
}

static int predicts(void)
{
    plumbline_accelerator* accelerator = NULL;
    plumbline_workload* workload = NULL;
    plumbline_mapping* mapping = NULL;
    plumbline_options* options = NULL;
    plumbline_schedule* schedule = NULL;
    plumbline_cost* cost = NULL;
    int good = 0;
    if (!refused(plumbline_accelerator_load(session, "meta_prototype_df", &accelerator)) &&
        !refused(plumbline_workload_load(session, "fsrcnn", &workload)) &&
        !refused(plumbline_mapping_load(session, NULL, accelerator, &mapping)) &&
        !refused(plumbline_options_create(session, &options)) &&
        !refused(plumbline_options_set_tile(session, options, 60, 72)) &&
        !refused(plumbline_options_set_factors(session, options, 4)) &&
        !refused(plumbline_schedule_plan(session, accelerator, workload, mapping, options, &schedule)) &&
        !refused(plumbline_predict(session, schedule, "uniform", &cost))) {
        print(cost);
        good = adds_up(cost);
    }
    plumbline_accelerator_destroy(accelerator);
    plumbline_workload_destroy(workload);
    plumbline_mapping_destroy(mapping);
    plumbline_options_destroy(options);
    plumbline_schedule_destroy(schedule);
    plumbline_cost_destroy(cost);
    return good;
}

int main(void)
{
    int good;
    session = plumbline_session_create();
    if (session == NULL || plumbline_api_version() < PLUMBLINE_API_VERSION) return 2;
#ifdef DATA_FOLDER
    if (refused(plumbline_session_set_data_folder(session, DATA_FOLDER))) return 2;
#endif
    good = predicts();
    plumbline_session_destroy(session);
    return good ? 0 : 1;
}
