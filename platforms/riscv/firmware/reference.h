/* SPDX-License-Identifier: Apache-2.0
 *
 * The firmware's own computation of a network, layer by layer, in the hart's memory: what the accelerator has to come to.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "network_image.h"

/* Whether all maps and weights fit into the hart's memory. */
bool reference_fits(const struct network_image* network);

/* The output map, valid until the next call. The network must fit. */
const int8_t* reference_output(const struct network_image* network);

#endif
