/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads and writes RAM that somebody else reads and writes at the same time, computes in between, sleeps now and then. What
 * it ends with depends on the order of every two accesses.
 */
#include <stdint.h>
#include <stdio.h>

#include "console.h"

static uint32_t mixed(uint32_t value) { return value * 1664525u + 1013904223u; }

static uint32_t computed(uint32_t seed)
{
    volatile uint32_t own[16] = {0};
    for (uint32_t i = 0; i < seed % 700; ++i) own[i % 16] += seed ^ i;
    return own[seed % 16];
}

int hart_main(uint32_t hart, uint32_t image)
{
    volatile uint32_t* shared = (volatile uint32_t*)(image - hart * 0x01000000u);
    uint32_t sum = hart + 1;
    __asm__ volatile("csrw mie, %0" : : "r"(1u << 11));
    for (uint32_t i = 0; i < 400; ++i) {
        sum = mixed(sum ^ shared[sum % 1024]);
        shared[mixed(sum) % 1024] = sum + computed(sum);
        if (i % 100 == 99) __asm__ volatile("wfi");
    }
    console_wait_for_turn(hart);
    printf("hart %lu: %08lx at %llu\n", (unsigned long)hart, (unsigned long)sum, (unsigned long long)console_cycles());
    return 0;
}
