/* SPDX-License-Identifier: Apache-2.0
 *
 * The programmer's view of the accelerator: registers, job descriptor, completion record. C99, for firmware; the
 * peripheral (plumbline/sim/accelerator.hpp) is built from the same file. systemc/docs/peripheral.md is the datasheet.
 *
 * All registers are 32 bits wide, little endian, and accessed whole, at addresses that are multiples of 4. What lies in
 * system memory is little endian, and begins at multiples of PLUMBLINE_ALIGNMENT.
 *
 *     write(base + PLUMBLINE_REG_JOB_LOW, (uint32_t)(uintptr_t)&job);
 *     write(base + PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
 *     while (!(read(base + PLUMBLINE_REG_IRQ_STATUS) & PLUMBLINE_IRQ_DONE)) wait_for_interrupt();
 */
#ifndef PLUMBLINE_REGISTERS_H
#define PLUMBLINE_REGISTERS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Registers: offsets in bytes. */
#define PLUMBLINE_REG_ID 0x00u           /**< read: PLUMBLINE_ID_VALUE */
#define PLUMBLINE_REG_VERSION 0x04u      /**< read: major << 16 | minor */
#define PLUMBLINE_REG_CAPABILITIES 0x08u /**< read: see PLUMBLINE_CAPABILITIES_... */
#define PLUMBLINE_REG_CONTROL 0x0cu      /**< write: PLUMBLINE_CONTROL_...; reads as 0 */
#define PLUMBLINE_REG_STATUS 0x10u       /**< read: PLUMBLINE_STATUS_... */
#define PLUMBLINE_REG_JOB_LOW 0x14u      /**< address of the descriptor that the next START queues */
#define PLUMBLINE_REG_JOB_HIGH 0x18u     /**< its high half */
#define PLUMBLINE_REG_IRQ_STATUS 0x1cu   /**< read: PLUMBLINE_IRQ_..., whether enabled or not */
#define PLUMBLINE_REG_IRQ_ENABLE 0x20u   /**< PLUMBLINE_IRQ_... that raise the interrupt */
#define PLUMBLINE_REG_IRQ_ACK 0x24u      /**< write: ones clear; ERROR clears ERROR and ERROR_DETAIL too; reads as 0 */
#define PLUMBLINE_REG_CYCLES_LOW 0x28u   /**< read: cycles of all jobs; latches the high half */
#define PLUMBLINE_REG_CYCLES_HIGH 0x2cu  /**< read: as latched */
#define PLUMBLINE_REG_JOBS_DONE 0x30u    /**< read: jobs that ended without error */
#define PLUMBLINE_REG_ERROR 0x34u        /**< read: PLUMBLINE_ERROR_... of the first error not acknowledged */
#define PLUMBLINE_REG_ERROR_DETAIL_LOW 0x38u  /**< read: what goes with it: an address or a value */
#define PLUMBLINE_REG_ERROR_DETAIL_HIGH 0x3cu /**< read */
#define PLUMBLINE_REG_COUNTER_SELECT 0x40u    /**< PLUMBLINE_COUNTER(memory, operand, direction, unit) */
#define PLUMBLINE_REG_COUNTER_LOW 0x44u       /**< read: the counter that is selected; latches the high half */
#define PLUMBLINE_REG_COUNTER_HIGH 0x48u      /**< read: as latched */
#define PLUMBLINE_REG_PROGRAM_SELECT 0x4cu    /**< number of a program */
#define PLUMBLINE_REG_PROGRAM_TILES 0x50u     /**< read: its tiles; 0 where there is no such program */
#define PLUMBLINE_REG_PROGRAM_NEXT 0x54u      /**< read: its tile with which the next job has to begin */
#define PLUMBLINE_REG_END 0x58u               /**< end of the map */

#define PLUMBLINE_ID_VALUE 0x424d4c50u      /**< "PLMB" */
#define PLUMBLINE_VERSION_VALUE 0x00010000u /**< of the register map */

/* CAPABILITIES */
#define PLUMBLINE_CAPABILITIES_PROGRAMS(value) ((value)&0xffu)           /**< how many */
#define PLUMBLINE_CAPABILITIES_QUEUE(value) (((value) >> 8) & 0xffu)     /**< jobs that may wait */
#define PLUMBLINE_CAPABILITIES_MEMORIES(value) (((value) >> 16) & 0xffu) /**< of the accelerator */
#define PLUMBLINE_CAPABILITIES_FIDELITY(value) (((value) >> 24) & 0x3u)  /**< 0 cycle, 1 transaction, 2 analytical */
#define PLUMBLINE_CAPABILITIES_DATA (1u << 31)                           /**< computes: maps in memory are real */

/* CONTROL */
#define PLUMBLINE_CONTROL_START (1u << 0) /**< queues the job whose descriptor lies at JOB */
#define PLUMBLINE_CONTROL_RESET (1u << 1) /**< abandons everything; all registers as after power-up */
#define PLUMBLINE_CONTROL_CLEAR (1u << 2) /**< CYCLES, JOBS_DONE and access counters begin at 0 again */

/* STATUS */
#define PLUMBLINE_STATUS_IDLE (1u << 0)       /**< no job runs, none waits */
#define PLUMBLINE_STATUS_BUSY (1u << 1)       /**< a job runs */
#define PLUMBLINE_STATUS_DONE (1u << 2)       /**< a job has ended without error since IRQ_DONE was acknowledged */
#define PLUMBLINE_STATUS_ERROR (1u << 3)      /**< ERROR is not PLUMBLINE_ERROR_NONE */
#define PLUMBLINE_STATUS_QUEUE_FULL (1u << 4) /**< the next START would be refused */
#define PLUMBLINE_STATUS_WAITING(value) (((value) >> 8) & 0xffu) /**< jobs in the queue */

/* IRQ_STATUS, IRQ_ENABLE, IRQ_ACK */
#define PLUMBLINE_IRQ_DONE (1u << 0)  /**< a job that asked for it has ended, with or without error */
#define PLUMBLINE_IRQ_ERROR (1u << 1) /**< ERROR is not PLUMBLINE_ERROR_NONE */

/** Selects a counter. Memories are numbered from the MAC array outwards; operands: 0 I1 (activations), 1 I2 (weights),
 * 2 O (outputs); directions: 0 read down, 1 written from below, 2 read up, 3 written from above. */
#define PLUMBLINE_COUNTER(memory, operand, direction, unit) \
    ((uint32_t)(memory) | (uint32_t)(operand) << 8 | (uint32_t)(direction) << 12 | (uint32_t)(unit) << 16)
#define PLUMBLINE_COUNTER_GRANULES 0u   /**< smallest amounts that the port can access */
#define PLUMBLINE_COUNTER_BITS 1u       /**< of data, without what granules waste */
#define PLUMBLINE_COUNTER_WORDS_1024 2u /**< full-width words, in 1/1024, rounded down */

/* ERROR, and the error of a completion record; behind each, what ERROR_DETAIL says. */
#define PLUMBLINE_ERROR_NONE 0u       /**< all is well: 0 */
#define PLUMBLINE_ERROR_QUEUE_FULL 1u /**< a START without room in the queue: address of the descriptor */
#define PLUMBLINE_ERROR_ACCESS 2u     /**< a register access, unaligned, not of 4 bytes, or beyond the map: offset */
#define PLUMBLINE_ERROR_ALIGNMENT 3u  /**< an address in or of a descriptor: that address */
#define PLUMBLINE_ERROR_WINDOW 4u     /**< something lies outside the memory that the host allows: its address */
#define PLUMBLINE_ERROR_MAGIC 5u      /**< of a descriptor: what was found */
#define PLUMBLINE_ERROR_FORMAT 6u     /**< version of a descriptor: what was found */
#define PLUMBLINE_ERROR_PROGRAM 7u    /**< no such program: its number */
#define PLUMBLINE_ERROR_FLAGS 8u      /**< flags that nobody knows: the flags */
#define PLUMBLINE_ERROR_TILE 9u       /**< first_tile is not where the last job of the program ended: where that is */
#define PLUMBLINE_ERROR_TILES 10u     /**< more tiles than are left: those that are left */
#define PLUMBLINE_ERROR_BUS_READ 11u  /**< the bus refused a read: its address */
#define PLUMBLINE_ERROR_BUS_WRITE 12u /**< the bus refused a write: its address */
#define PLUMBLINE_ERROR_DEBUG 13u     /**< memory without debug transport cannot hold real data: the address */
#define PLUMBLINE_ERROR_SCHEDULE 14u  /**< the schedule reads what is not there: 0 */

#define PLUMBLINE_ALIGNMENT 64u           /**< bytes: of descriptors, completion records and areas */
#define PLUMBLINE_JOB_MAGIC 0x424a4c50u   /**< "PLJB" */
#define PLUMBLINE_JOB_VERSION 1u          /**< of the descriptor */
#define PLUMBLINE_JOB_INTERRUPT (1u << 0) /**< flag: PLUMBLINE_IRQ_DONE when it has ended */

/** A job in system memory, at a multiple of PLUMBLINE_ALIGNMENT. It is read once, when the job begins. */
struct plumbline_job {
    uint32_t magic;      /**< PLUMBLINE_JOB_MAGIC */
    uint32_t version;    /**< PLUMBLINE_JOB_VERSION */
    uint32_t program;    /**< number */
    uint32_t flags;      /**< PLUMBLINE_JOB_... */
    uint32_t first_tile; /**< where the last job of the program ended; 0 for the first, and after the last tile */
    uint32_t tiles;      /**< 0: all that are left */
    uint64_t input;      /**< address of the input maps, as of all groups: not looked at where the group has no bytes */
    uint64_t weights;    /**< address of the weights of all layers */
    uint64_t output;     /**< address of the output maps */
    uint64_t scratch;    /**< address of the maps between layers that leave the chip */
    uint64_t completion; /**< address of a plumbline_completion; 0: none */
};

/** Written when a job ends, if its descriptor could be read and the address is good. */
struct plumbline_completion {
    uint32_t status;    /**< PLUMBLINE_COMPLETION_... */
    uint32_t error;     /**< PLUMBLINE_ERROR_... */
    uint64_t detail;    /**< as ERROR_DETAIL */
    uint64_t cycles;    /**< of this job */
    uint32_t program;   /**< as in the job */
    uint32_t next_tile; /**< with which the next job of the program has to begin */
};
#define PLUMBLINE_COMPLETION_DONE 1u  /**< the job ended without error */
#define PLUMBLINE_COMPLETION_ERROR 2u /**< it did not */

#ifdef __cplusplus
}
#endif

#endif
