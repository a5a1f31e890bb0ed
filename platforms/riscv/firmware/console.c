/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <stdio.h>

#include "platform.h"

static volatile uint32_t* word_at(uint32_t address) { return (volatile uint32_t*)address; }

static int put(char character, FILE* file)
{
    (void)file;
    while ((*word_at(PLATFORM_UART + PLATFORM_UART_STATUS) & PLATFORM_UART_CAN_SEND) == 0) continue;
    *word_at(PLATFORM_UART + PLATFORM_UART_DATA) = (uint8_t)character;
    return character;
}

static FILE uart = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE* const stdout = &uart;

uint64_t console_cycles(void)
{
    const uint32_t low = *word_at(PLATFORM_SYSTEM + PLATFORM_SYSTEM_TIME_LOW);
    return (uint64_t)*word_at(PLATFORM_SYSTEM + PLATFORM_SYSTEM_TIME_HIGH) << 32 | low;
}

void console_mark(uint32_t what) { *word_at(PLATFORM_SYSTEM + PLATFORM_SYSTEM_MARK) = what; }

void console_wait_for_turn(uint32_t hart)
{
    while (*word_at(PLATFORM_SYSTEM + PLATFORM_SYSTEM_EXIT) < hart) {
        for (volatile int pause = 0; pause < 100; ++pause) continue;
    }
}
