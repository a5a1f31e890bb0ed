/* SPDX-License-Identifier: Apache-2.0
 *
 * printf to the UART, the time, and marks for the host.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdint.h>

uint64_t console_cycles(void);

/* The host notes the time of this. */
void console_mark(uint32_t what);

/* Harts share the UART: waits until all with lower numbers are done. */
void console_wait_for_turn(uint32_t hart);

#endif
