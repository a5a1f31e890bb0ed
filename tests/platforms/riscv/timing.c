/* SPDX-License-Identifier: Apache-2.0
 *
 * Leaves in RAM, 64 KiB from where it is told, how long a thousand instructions take and how long a hundred loads from
 * RAM, each with one reading of time.
 */
#include <stdint.h>

#include "platform.h"

int hart_main(uint32_t hart, uint32_t image)
{
    volatile uint32_t* const time = (volatile uint32_t*)(PLATFORM_SYSTEM + PLATFORM_SYSTEM_TIME_LOW);
    volatile uint32_t* const ram = (volatile uint32_t*)image;
    uint32_t begin, middle, end;
    (void)hart;
    __asm__ volatile(
        "lw %0, 0(%3)\n .rept 1000\n nop\n .endr\n"
        "lw %1, 0(%3)\n .rept 100\n lw %2, 0(%4)\n .endr\n"
        "lw %2, 0(%3)"
        : "=&r"(begin), "=&r"(middle), "=&r"(end)
        : "r"(time), "r"(ram));
    ram[0x4000] = middle - begin;
    ram[0x4001] = end - middle;
    return 0;
}
