/* SPDX-License-Identifier: Apache-2.0
 *
 * Offsets and bits of the registers. Made by systemc/registers/registers.py of plumbline.rdl beside it: change that.
 * C99, for firmware; plumbline_registers.h includes this, and has what goes with it.
 */
#ifndef PLUMBLINE_REGISTER_MAP_H
#define PLUMBLINE_REGISTER_MAP_H

/* clang-format off */

/* Offsets in bytes. */
/** read: PLUMBLINE_ID_VALUE, "PLMB" */
#define PLUMBLINE_REG_ID 0x00u
/** read: of the register map: major << 16 + minor */
#define PLUMBLINE_REG_VERSION 0x04u
/** read: what the accelerator is */
#define PLUMBLINE_REG_CAPABILITIES 0x08u
/** write: commands; reads as 0 */
#define PLUMBLINE_REG_CONTROL 0x0cu
/** read: state of the queue, and what has happened */
#define PLUMBLINE_REG_STATUS 0x10u
/** read and write: address of the descriptor that the next START queues */
#define PLUMBLINE_REG_JOB_LOW 0x14u
/** read and write: its high half */
#define PLUMBLINE_REG_JOB_HIGH 0x18u
/** read: what has happened, whether it is enabled or not */
#define PLUMBLINE_REG_IRQ_STATUS 0x1cu
/** read and write: bits of IRQ_STATUS that raise the interrupt */
#define PLUMBLINE_REG_IRQ_ENABLE 0x20u
/** write: bits of IRQ_STATUS: ones clear; ERROR clears ERROR, ERROR_DETAIL and ERROR_RESPONSE too; reads as 0 */
#define PLUMBLINE_REG_IRQ_ACK 0x24u
/** read: cycles of all jobs; reading it latches the high half */
#define PLUMBLINE_REG_CYCLES_LOW 0x28u
/** read: as latched */
#define PLUMBLINE_REG_CYCLES_HIGH 0x2cu
/** read: jobs that ended without error */
#define PLUMBLINE_REG_JOBS_DONE 0x30u
/** read: PLUMBLINE_ERROR_... of the first error that is not acknowledged */
#define PLUMBLINE_REG_ERROR 0x34u
/** read: what goes with it: an address or a value */
#define PLUMBLINE_REG_ERROR_DETAIL_LOW 0x38u
/** read: its high half */
#define PLUMBLINE_REG_ERROR_DETAIL_HIGH 0x3cu
/** read and write: which counter: PLUMBLINE_COUNTER(memory, operand, direction, unit) */
#define PLUMBLINE_REG_COUNTER_SELECT 0x40u
/** read: the counter that is selected, 0 of what does not exist; reading it latches the high half */
#define PLUMBLINE_REG_COUNTER_LOW 0x44u
/** read: as latched */
#define PLUMBLINE_REG_COUNTER_HIGH 0x48u
/** read and write: number of a program */
#define PLUMBLINE_REG_PROGRAM_SELECT 0x4cu
/** read: its tiles; 0 where there is no such program */
#define PLUMBLINE_REG_PROGRAM_TILES 0x50u
/** read: its tile with which the next job has to begin */
#define PLUMBLINE_REG_PROGRAM_NEXT 0x54u
/** read: PLUMBLINE_RESPONSE_... of the bus, where ERROR is one of the bus: 0 none, 1 generic, 2 address, 3 command, 4 burst, 5 byte enable, 6 incomplete; since 1.1 */
#define PLUMBLINE_REG_ERROR_RESPONSE 0x58u
/** read: picojoules of all jobs; reading it latches the high half; since 1.2 */
#define PLUMBLINE_REG_ENERGY_LOW 0x5cu
/** read: as latched */
#define PLUMBLINE_REG_ENERGY_HIGH 0x60u
/** read: microwatts on average since it was read last, or since reset; since 1.2 */
#define PLUMBLINE_REG_POWER 0x64u
/** end of the map */
#define PLUMBLINE_REG_END 0x68u

/* CAPABILITIES */
/** how many */
#define PLUMBLINE_CAPABILITIES_PROGRAMS(value) ((value) & 0xffu)
/** jobs that may wait */
#define PLUMBLINE_CAPABILITIES_QUEUE(value) (((value) >> 8) & 0xffu)
/** of the accelerator */
#define PLUMBLINE_CAPABILITIES_MEMORIES(value) (((value) >> 16) & 0xffu)
/** 0 cycle, 1 transaction, 2 analytical */
#define PLUMBLINE_CAPABILITIES_FIDELITY(value) (((value) >> 24) & 0x3u)
/** computes: maps in memory are real */
#define PLUMBLINE_CAPABILITIES_DATA (1u << 31)

/* CONTROL */
/** queues the job whose descriptor lies at JOB */
#define PLUMBLINE_CONTROL_START (1u << 0)
/** abandons everything; all registers as after power-up */
#define PLUMBLINE_CONTROL_RESET (1u << 1)
/** CYCLES, JOBS_DONE, ENERGY and access counters begin at 0 again */
#define PLUMBLINE_CONTROL_CLEAR (1u << 2)

/* STATUS */
/** no job runs, none waits */
#define PLUMBLINE_STATUS_IDLE (1u << 0)
/** a job runs */
#define PLUMBLINE_STATUS_BUSY (1u << 1)
/** a job has ended without error since IRQ_DONE was acknowledged */
#define PLUMBLINE_STATUS_DONE (1u << 2)
/** ERROR is not PLUMBLINE_ERROR_NONE */
#define PLUMBLINE_STATUS_ERROR (1u << 3)
/** the next START would be refused */
#define PLUMBLINE_STATUS_QUEUE_FULL (1u << 4)
/** jobs in the queue */
#define PLUMBLINE_STATUS_WAITING(value) (((value) >> 8) & 0xffu)

/* IRQ_STATUS */
/** a job that asked for it has ended, with or without error */
#define PLUMBLINE_IRQ_DONE (1u << 0)
/** ERROR is not PLUMBLINE_ERROR_NONE */
#define PLUMBLINE_IRQ_ERROR (1u << 1)

/** of ID */
#define PLUMBLINE_ID_VALUE 0x424d4c50u
/** of VERSION */
#define PLUMBLINE_VERSION_VALUE 0x00010002u

/** X(name, offset, may be read, may be written) of each register, in the order of addresses. */
#define PLUMBLINE_REGISTERS(X) \
    X(ID, 0x00u, 1, 0) \
    X(VERSION, 0x04u, 1, 0) \
    X(CAPABILITIES, 0x08u, 1, 0) \
    X(CONTROL, 0x0cu, 0, 1) \
    X(STATUS, 0x10u, 1, 0) \
    X(JOB_LOW, 0x14u, 1, 1) \
    X(JOB_HIGH, 0x18u, 1, 1) \
    X(IRQ_STATUS, 0x1cu, 1, 0) \
    X(IRQ_ENABLE, 0x20u, 1, 1) \
    X(IRQ_ACK, 0x24u, 0, 1) \
    X(CYCLES_LOW, 0x28u, 1, 0) \
    X(CYCLES_HIGH, 0x2cu, 1, 0) \
    X(JOBS_DONE, 0x30u, 1, 0) \
    X(ERROR, 0x34u, 1, 0) \
    X(ERROR_DETAIL_LOW, 0x38u, 1, 0) \
    X(ERROR_DETAIL_HIGH, 0x3cu, 1, 0) \
    X(COUNTER_SELECT, 0x40u, 1, 1) \
    X(COUNTER_LOW, 0x44u, 1, 0) \
    X(COUNTER_HIGH, 0x48u, 1, 0) \
    X(PROGRAM_SELECT, 0x4cu, 1, 1) \
    X(PROGRAM_TILES, 0x50u, 1, 0) \
    X(PROGRAM_NEXT, 0x54u, 1, 0) \
    X(ERROR_RESPONSE, 0x58u, 1, 0) \
    X(ENERGY_LOW, 0x5cu, 1, 0) \
    X(ENERGY_HIGH, 0x60u, 1, 0) \
    X(POWER, 0x64u, 1, 0)

/* clang-format on */

#endif
