/* SPDX-License-Identifier: Apache-2.0
 *
 * Driver of the accelerator: jobs are queued, run while the hart does something else, and are waited for asleep.
 *
 *     struct plumbline device;
 *     if (plumbline_open(&device, registers, jobs, jobs_size) != 0) return 1;
 *     plumbline_submit(&device, &job);
 *     const struct plumbline_completion *end = plumbline_wait(&device);
 */
#ifndef DRIVER_H
#define DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "plumbline/firmware/plumbline_registers.h"

/* A job as the accelerator reads it, and where it writes how that ended. */
struct plumbline_slot {
    struct plumbline_job job;
    struct plumbline_completion completion;
    uint32_t unused[8];
};

struct plumbline {
    volatile uint32_t* registers;
    volatile struct plumbline_slot* slots; /* a ring in memory that the accelerator sees */
    uint32_t slot_count;
    uint32_t submitted;
    uint32_t finished;
};

/* Resets the accelerator and enables its interrupt. `jobs` is aligned to PLUMBLINE_ALIGNMENT. 0, or what is wrong. */
enum plumbline_open_error { PLUMBLINE_OPEN, PLUMBLINE_NO_DEVICE, PLUMBLINE_OTHER_VERSION, PLUMBLINE_NO_SLOTS };
enum plumbline_open_error plumbline_open(struct plumbline* device, uint32_t registers, uint32_t jobs,
                                         uint32_t jobs_size);

uint32_t plumbline_programs(const struct plumbline* device);
uint32_t plumbline_memories(const struct plumbline* device);
/* Tiles of a program; 0 where there is no such program. */
uint32_t plumbline_tiles(const struct plumbline* device, uint32_t program);

/* Whether there is room for a further job. */
bool plumbline_has_room(const struct plumbline* device);
/* Queues a job; magic, version, flags and completion are filled in here. There must be room. */
void plumbline_submit(struct plumbline* device, const struct plumbline_job* job);
/* Sleeps until the oldest job has ended that was not waited for yet; null where the accelerator refused it. */
const volatile struct plumbline_completion* plumbline_wait(struct plumbline* device);

/* Cycles and counters begin at 0 again. */
void plumbline_clear(const struct plumbline* device);
/* Of all jobs since `plumbline_open` or `plumbline_clear`. */
uint64_t plumbline_cycles(const struct plumbline* device);
uint64_t plumbline_counter(const struct plumbline* device, uint32_t counter);
/* PLUMBLINE_ERROR_... of the first error, and what goes with it. */
uint32_t plumbline_error(const struct plumbline* device, uint64_t* detail);

#endif
