/* SPDX-License-Identifier: Apache-2.0
 *
 * Sleeps three times: with interrupts masked, with them enabled, and masked again. The handler counts what it is told.
 */
#include <stdint.h>

static volatile uint32_t taken;
static volatile uint32_t cause;

__attribute__((interrupt("machine"), aligned(4))) static void handle(void)
{
    uint32_t why;
    __asm__ volatile("csrr %0, mcause" : "=r"(why));
    cause = why;
    ++taken;
}

int hart_main(uint32_t hart, uint32_t image)
{
    volatile uint32_t* const ram = (volatile uint32_t*)image;
    (void)hart;
    __asm__ volatile("csrw mtvec, %0\n csrw mie, %1" : : "r"(handle), "r"(1u << 11));
    __asm__ volatile("wfi");
    ram[0] = taken;
    __asm__ volatile("csrsi mstatus, 8\n wfi");
    ram[1] = taken;
    ram[2] = cause;
    __asm__ volatile("csrci mstatus, 8\n wfi");
    ram[3] = taken;
    return 0;
}
