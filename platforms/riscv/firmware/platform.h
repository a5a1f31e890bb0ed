/* SPDX-License-Identifier: Apache-2.0
 *
 * The memory map of the platform, and how a hart is started: firmware and board are both built from this file.
 *
 * Each hart runs the firmware in a memory of its own, from address 0, with its number in a0 and in a1 where its network image
 * (network_image.h) lies in RAM. Hart n has accelerator n, whose interrupt is its external interrupt.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

#define PLATFORM_UART 0x40000000u
#define PLATFORM_UART_SIZE 0x1000u
#define PLATFORM_UART_DATA 0x0u
#define PLATFORM_UART_STATUS 0x4u
#define PLATFORM_UART_CAN_SEND 1u

#define PLATFORM_SYSTEM 0x40010000u
#define PLATFORM_SYSTEM_SIZE 0x1000u
#define PLATFORM_SYSTEM_TIME_LOW 0x0u  /* read: cycles; latches the high half */
#define PLATFORM_SYSTEM_TIME_HIGH 0x4u /* read: as latched */
#define PLATFORM_SYSTEM_EXIT 0x8u      /* write: this hart is done, with a code; read: how many are */
#define PLATFORM_SYSTEM_MARK 0xcu      /* write: the host notes the time */
#define PLATFORM_MARK_BEGIN 0x100u     /* of a network, plus the hart */
#define PLATFORM_MARK_END 0x200u

#define PLATFORM_ACCELERATOR(hart) (0x50000000u + 0x10000u * (hart))
#define PLATFORM_ACCELERATOR_SIZE 0x1000u

#define PLATFORM_RAM 0x80000000u
#define PLATFORM_IMAGE(hart) (PLATFORM_RAM + 0x01000000u * (hart)) /* 16 MiB for each hart */
#define PLATFORM_IMAGE_SIZE 0x01000000u

#endif
