/* SPDX-License-Identifier: Apache-2.0
 *
 * The programmer's view of the accelerator: registers, job descriptor, completion record. C99, for firmware; the
 * peripheral (plumbline/sim/accelerator.hpp) is built from the same file. systemc/docs/peripheral.md is the datasheet,
 * plumbline_register_map.h has offsets and bits.
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

#include "plumbline/firmware/plumbline_register_map.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/* ERROR_RESPONSE: what the bus answered, as TLM-2.0 knows it. */
#define PLUMBLINE_RESPONSE_NONE 0u        /**< ERROR is not one of the bus */
#define PLUMBLINE_RESPONSE_GENERIC 1u     /**< it failed */
#define PLUMBLINE_RESPONSE_ADDRESS 2u     /**< nothing is there */
#define PLUMBLINE_RESPONSE_COMMAND 3u     /**< not to be read, or not to be written */
#define PLUMBLINE_RESPONSE_BURST 4u       /**< not of this length */
#define PLUMBLINE_RESPONSE_BYTE_ENABLE 5u /**< no byte enables */
#define PLUMBLINE_RESPONSE_INCOMPLETE 6u  /**< the target gave none */

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
