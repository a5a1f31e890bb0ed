/* SPDX-License-Identifier: Apache-2.0 */
#include "driver.h"

#include <stddef.h>

#define EXTERNAL_INTERRUPT (1u << 11) /* in mie */

static uint32_t get(const struct plumbline* device, uint32_t offset) { return device->registers[offset / 4]; }

static void set(const struct plumbline* device, uint32_t offset, uint32_t value)
{
    device->registers[offset / 4] = value;
}

/* Reading the low half latches the high one. */
static uint64_t get_wide(const struct plumbline* device, uint32_t low, uint32_t high)
{
    const uint32_t lower = get(device, low);
    return (uint64_t)get(device, high) << 32 | lower;
}

enum plumbline_open_error plumbline_open(struct plumbline* device, uint32_t registers, uint32_t jobs,
                                         uint32_t jobs_size)
{
    device->registers = (volatile uint32_t*)registers;
    device->slots = (volatile struct plumbline_slot*)jobs;
    device->submitted = 0;
    device->finished = 0;
    if (get(device, PLUMBLINE_REG_ID) != PLUMBLINE_ID_VALUE) return PLUMBLINE_NO_DEVICE;
    if (get(device, PLUMBLINE_REG_VERSION) >> 16 != PLUMBLINE_VERSION_VALUE >> 16) return PLUMBLINE_OTHER_VERSION;
    const uint32_t queue = PLUMBLINE_CAPABILITIES_QUEUE(get(device, PLUMBLINE_REG_CAPABILITIES));
    const uint32_t slots = jobs_size / sizeof(struct plumbline_slot);
    device->slot_count = slots < queue ? slots : queue;
    if (device->slot_count == 0) return PLUMBLINE_NO_SLOTS;
    set(device, PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
    set(device, PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
    /* Only to wake up: mstatus goes on masking interrupts, so nothing can come between a look and the sleep after it. */
    __asm__ volatile("csrc mstatus, %0\n csrs mie, %1" : : "r"(1u << 3), "r"(EXTERNAL_INTERRUPT));
    return PLUMBLINE_OPEN;
}

uint32_t plumbline_programs(const struct plumbline* device)
{
    return PLUMBLINE_CAPABILITIES_PROGRAMS(get(device, PLUMBLINE_REG_CAPABILITIES));
}

uint32_t plumbline_memories(const struct plumbline* device)
{
    return PLUMBLINE_CAPABILITIES_MEMORIES(get(device, PLUMBLINE_REG_CAPABILITIES));
}

uint32_t plumbline_tiles(const struct plumbline* device, uint32_t program)
{
    set(device, PLUMBLINE_REG_PROGRAM_SELECT, program);
    return get(device, PLUMBLINE_REG_PROGRAM_TILES);
}

bool plumbline_has_room(const struct plumbline* device)
{
    return device->submitted - device->finished < device->slot_count;
}

void plumbline_submit(struct plumbline* device, const struct plumbline_job* job)
{
    volatile struct plumbline_slot* const slot = &device->slots[device->submitted++ % device->slot_count];
    slot->completion.status = 0;
    slot->job = *job;
    slot->job.magic = PLUMBLINE_JOB_MAGIC;
    slot->job.version = PLUMBLINE_JOB_VERSION;
    slot->job.flags = PLUMBLINE_JOB_INTERRUPT;
    slot->job.completion = (uint32_t)&slot->completion;
    set(device, PLUMBLINE_REG_JOB_LOW, (uint32_t)&slot->job);
    set(device, PLUMBLINE_REG_JOB_HIGH, 0);
    set(device, PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
}

const volatile struct plumbline_completion* plumbline_wait(struct plumbline* device)
{
    volatile struct plumbline_slot* const slot = &device->slots[device->finished++ % device->slot_count];
    while (slot->completion.status == 0) {
        if (get(device, PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_ERROR) return NULL;
        __asm__ volatile("wfi" : : : "memory");
        set(device, PLUMBLINE_REG_IRQ_ACK, PLUMBLINE_IRQ_DONE);
    }
    return &slot->completion;
}

void plumbline_clear(const struct plumbline* device) { set(device, PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR); }

uint64_t plumbline_cycles(const struct plumbline* device)
{
    return get_wide(device, PLUMBLINE_REG_CYCLES_LOW, PLUMBLINE_REG_CYCLES_HIGH);
}

uint64_t plumbline_counter(const struct plumbline* device, uint32_t counter)
{
    set(device, PLUMBLINE_REG_COUNTER_SELECT, counter);
    return get_wide(device, PLUMBLINE_REG_COUNTER_LOW, PLUMBLINE_REG_COUNTER_HIGH);
}

uint32_t plumbline_error(const struct plumbline* device, uint64_t* detail)
{
    *detail = get_wide(device, PLUMBLINE_REG_ERROR_DETAIL_LOW, PLUMBLINE_REG_ERROR_DETAIL_HIGH);
    return get(device, PLUMBLINE_REG_ERROR);
}
