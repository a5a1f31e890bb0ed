/* SPDX-License-Identifier: Apache-2.0
 *
 * The first instructions of a hart: a stack, cleared variables, hart_main(hart, image), and the end of it.
 */
#include "platform.h"

    .section .start, "ax"
    .globl _start
_start:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    la sp, __stack
    la t0, __bss_start
    la t1, __bss_end
1:  bgeu t0, t1, 2f
    sw zero, 0(t0)
    addi t0, t0, 4
    j 1b
2:  call hart_main
    li t0, PLATFORM_SYSTEM
    sw a0, PLATFORM_SYSTEM_EXIT(t0)
    csrw mie, zero
3:  wfi
    j 3b
