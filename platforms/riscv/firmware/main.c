/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a network on the accelerator of this hart, checks what came of it where the network is small enough to compute it
 * here, and reports cycles and counters.
 */
#include <stdio.h>

#include "console.h"
#include "driver.h"
#include "network_image.h"
#include "platform.h"
#include "reference.h"

enum outcome { FINE, BAD_IMAGE, NO_ACCELERATOR, NO_PROGRAM, REFUSED, FAILED, WRONG_OUTPUT };

struct run {
    uint32_t tiles;
    uint32_t jobs;
    uint64_t job_cycles;
    uint64_t begin;
    uint64_t end;
};

static uint32_t address_in(const struct network_image* network, struct network_area area)
{
    return (uint32_t)network + area.offset;
}

static struct plumbline_job job_of(const struct network_image* network, uint32_t first_tile, uint32_t tiles)
{
    const struct plumbline_job job = {
        .program = network->program,
        .first_tile = first_tile,
        .tiles = tiles,
        .input = address_in(network, network->input),
        .weights = address_in(network, network->weights),
        .output = address_in(network, network->output),
        .scratch = address_in(network, network->scratch),
    };
    return job;
}

/* Waits for the oldest job. */
static enum outcome finish(struct plumbline* device, struct run* run)
{
    const volatile struct plumbline_completion* end = plumbline_wait(device);
    if (end == NULL) return REFUSED;
    run->job_cycles += end->cycles;
    ++run->jobs;
    return end->status == PLUMBLINE_COMPLETION_DONE ? FINE : FAILED;
}

static enum outcome run_network(struct plumbline* device, const struct network_image* network, struct run* run)
{
    run->tiles = plumbline_tiles(device, network->program);
    if (run->tiles == 0) return NO_PROGRAM;
    const uint32_t per_job = network->tiles_per_job == 0 ? run->tiles : network->tiles_per_job;
    const uint32_t jobs = (run->tiles + per_job - 1) / per_job;
    enum outcome outcome = FINE;
    for (uint32_t submitted = 0; run->jobs < jobs && outcome == FINE;) {
        if (submitted < jobs && plumbline_has_room(device)) {
            const uint32_t first = submitted++ * per_job;
            const uint32_t left = run->tiles - first;
            const struct plumbline_job job = job_of(network, first, left < per_job ? left : per_job);
            plumbline_submit(device, &job);
        } else {
            outcome = finish(device, run);
        }
    }
    return outcome;
}

/* What is counted is that of this frame. */
static enum outcome run_frame(uint32_t hart, struct plumbline* device, const struct network_image* network,
                              struct run* run)
{
    plumbline_clear(device);
    run->jobs = 0;
    run->job_cycles = 0;
    run->begin = console_cycles();
    console_mark(PLATFORM_MARK_BEGIN + hart);
    const enum outcome outcome = run_network(device, network, run);
    console_mark(PLATFORM_MARK_END + hart);
    run->end = console_cycles();
    return outcome;
}

static enum outcome check_output(const struct network_image* network)
{
    const uint32_t* expected = (const uint32_t*)reference_output(network);
    const volatile uint32_t* made = (const volatile uint32_t*)address_in(network, network->output);
    for (uint32_t i = 0; i < network->output.size / 4; ++i) {
        if (made[i] != expected[i]) return WRONG_OUTPUT;
    }
    return FINE;
}

static void report_counters(uint32_t hart, const struct plumbline* device)
{
    for (uint32_t memory = 0; memory < plumbline_memories(device); ++memory) {
        for (uint32_t operand = 0; operand < 3; ++operand) {
            for (uint32_t direction = 0; direction < 4; ++direction) {
                const uint64_t granules = plumbline_counter(
                    device, PLUMBLINE_COUNTER(memory, operand, direction, PLUMBLINE_COUNTER_GRANULES));
                const uint64_t bits =
                    plumbline_counter(device, PLUMBLINE_COUNTER(memory, operand, direction, PLUMBLINE_COUNTER_BITS));
                if (granules == 0) continue;
                printf("hart %lu: memory %lu operand %lu direction %lu: %llu granules, %llu bits\n",
                       (unsigned long)hart, (unsigned long)memory, (unsigned long)operand, (unsigned long)direction,
                       (unsigned long long)granules, (unsigned long long)bits);
            }
        }
    }
}

static void report(uint32_t hart, const struct plumbline* device, const struct network_image* network,
                   const struct run* run)
{
    printf("hart %lu: %s, %lu tiles in %lu jobs\n", (unsigned long)hart, network->name, (unsigned long)run->tiles,
           (unsigned long)run->jobs);
    printf("hart %lu: %llu cycles of the accelerator, %llu in its jobs, %llu from the first to the end of the last\n",
           (unsigned long)hart, (unsigned long long)plumbline_cycles(device), (unsigned long long)run->job_cycles,
           (unsigned long long)(run->end - run->begin));
    report_counters(hart, device);
}

static const char* const kOutcomes[] = {
    [FINE] = "done",
    [BAD_IMAGE] = "there is no network in memory",
    [NO_ACCELERATOR] = "there is no accelerator, or one of another version",
    [NO_PROGRAM] = "the accelerator does not have this network",
    [REFUSED] = "the accelerator refused a job",
    [FAILED] = "a job failed",
    [WRONG_OUTPUT] = "the output differs from my own computation",
};

static enum outcome serve(uint32_t hart, const struct network_image* network)
{
    struct plumbline device;
    struct run run = {0};
    enum outcome outcome = FINE;
    if (network->magic != NETWORK_IMAGE_MAGIC || network->layer_count > NETWORK_IMAGE_MOST_LAYERS) return BAD_IMAGE;
    if (plumbline_open(&device, PLATFORM_ACCELERATOR(hart), address_in(network, network->jobs), network->jobs.size) !=
        PLUMBLINE_OPEN) {
        return NO_ACCELERATOR;
    }
    for (uint32_t frame = 0; frame < network->frames && outcome == FINE; ++frame) {
        outcome = run_frame(hart, &device, network, &run);
    }
    const bool checks = outcome == FINE && reference_fits(network);
    if (checks) outcome = check_output(network);
    console_wait_for_turn(hart);
    report(hart, &device, network, &run);
    if (checks && outcome == FINE) printf("hart %lu: the output equals my own computation\n", (unsigned long)hart);
    return outcome;
}

int hart_main(uint32_t hart, uint32_t image)
{
    const enum outcome outcome = serve(hart, (const struct network_image*)image);
    console_wait_for_turn(hart);
    printf("hart %lu: %s\n", (unsigned long)hart, kOutcomes[outcome]);
    return (int)outcome;
}
