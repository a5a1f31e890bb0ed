/* SPDX-License-Identifier: Apache-2.0
 *
 * A network and an image to run it on, as they lie in RAM: written by the tool `riscv_network`, read by the firmware.
 *
 * All numbers are little endian, all offsets count bytes from the beginning of this struct, which lies at a multiple of
 * PLUMBLINE_ALIGNMENT as do the areas. Tensors are int8 and dense: maps by channel, row, column; weights by output channel,
 * input channel, row, column of the window.
 */
#ifndef NETWORK_IMAGE_H
#define NETWORK_IMAGE_H

#include <stdint.h>

#define NETWORK_IMAGE_MAGIC 0x494e4c50u /* "PLNI" */
#define NETWORK_IMAGE_MOST_LAYERS 16u
#define NETWORK_IMAGE_NAME 32u

/* A convolution without padding, of stride 1: out = saturate((sum * multiplier + 2^(shift-1)) >> shift). */
struct network_layer {
    uint32_t out_channels;
    uint32_t in_channels;
    uint32_t window_rows;
    uint32_t window_columns;
    uint32_t out_rows;
    uint32_t out_columns;
    uint32_t multiplier;
    uint32_t shift;
    uint32_t weights; /* offset in the area of weights */
};

struct network_area {
    uint32_t offset;
    uint32_t size;
};

struct network_image {
    uint32_t magic;
    uint32_t size; /* of everything, areas included */
    char name[NETWORK_IMAGE_NAME];
    uint32_t program;                                       /* of the accelerator */
    uint32_t tiles_per_job;                                 /* 0: all in one */
    uint32_t frames;                                        /* how often to run it */
    uint32_t layer_count;                                   /* 0: the network is no chain of such convolutions */
    struct network_layer layers[NETWORK_IMAGE_MOST_LAYERS]; /* each reads what the one before it makes */
    struct network_area input;
    struct network_area weights;
    struct network_area output;
    struct network_area scratch; /* maps between layers that leave the accelerator */
    struct network_area jobs;    /* for the driver's descriptors */
};

#endif
