/* SPDX-License-Identifier: Apache-2.0 */
#include "reference.h"

#include <string.h>

#define MAP_BYTES (64u * 1024u)
#define WEIGHT_BYTES (24u * 1024u)

/* Words, since what lies in RAM is copied word by word: a load takes the bus as long for a byte. */
static uint32_t maps[2][MAP_BYTES / 4];
static uint32_t weights[WEIGHT_BYTES / 4];

static uint32_t outputs_of(const struct network_layer* layer)
{
    return layer->out_channels * layer->out_rows * layer->out_columns;
}

static uint32_t weights_of(const struct network_layer* layer)
{
    return layer->out_channels * layer->in_channels * layer->window_rows * layer->window_columns;
}

bool reference_fits(const struct network_image* network)
{
    bool fits = network->layer_count > 0 && network->input.size <= MAP_BYTES;
    for (uint32_t i = 0; i < network->layer_count; ++i) {
        fits = fits && outputs_of(&network->layers[i]) <= MAP_BYTES && weights_of(&network->layers[i]) <= WEIGHT_BYTES;
    }
    return fits;
}

/* Both ends are aligned to words; what follows the last byte in its word is copied with it. */
static void copy_words(uint32_t* to, const void* from, uint32_t bytes)
{
    const volatile uint32_t* words = from;
    for (uint32_t i = 0; i < (bytes + 3) / 4; ++i) to[i] = words[i];
}

static int8_t requantised(int32_t sum, const struct network_layer* layer)
{
    const int64_t half = layer->shift > 0 ? (int64_t)1 << (layer->shift - 1) : 0;
    const int64_t scaled = ((int64_t)sum * layer->multiplier + half) >> layer->shift;
    return (int8_t)(scaled < -128 ? -128 : scaled > 127 ? 127 : scaled);
}

static int32_t sum_of(const struct network_layer* layer, const int8_t* input, const int8_t* window, uint32_t row,
                      uint32_t column)
{
    const uint32_t columns = layer->out_columns + layer->window_columns - 1;
    const uint32_t rows = layer->out_rows + layer->window_rows - 1;
    int32_t sum = 0;
    for (uint32_t channel = 0; channel < layer->in_channels; ++channel) {
        for (uint32_t y = 0; y < layer->window_rows; ++y) {
            const int8_t* features = input + (channel * rows + row + y) * columns + column;
            for (uint32_t x = 0; x < layer->window_columns; ++x) sum += *window++ * features[x];
        }
    }
    return sum;
}

static void compute(const struct network_layer* layer, const int8_t* input, int8_t* output)
{
    const uint32_t window = layer->in_channels * layer->window_rows * layer->window_columns;
    for (uint32_t channel = 0; channel < layer->out_channels; ++channel) {
        const int8_t* of_channel = (const int8_t*)weights + channel * window;
        for (uint32_t row = 0; row < layer->out_rows; ++row) {
            for (uint32_t column = 0; column < layer->out_columns; ++column) {
                *output++ = requantised(sum_of(layer, input, of_channel, row, column), layer);
            }
        }
    }
}

const int8_t* reference_output(const struct network_image* network)
{
    const char* image = (const char*)network;
    copy_words(maps[0], image + network->input.offset, network->input.size);
    for (uint32_t i = 0; i < network->layer_count; ++i) {
        struct network_layer layer; /* nearer than in RAM */
        memcpy(&layer, &network->layers[i], sizeof layer);
        copy_words(weights, image + network->weights.offset + layer.weights, weights_of(&layer));
        compute(&layer, (const int8_t*)maps[i % 2], (int8_t*)maps[(i + 1) % 2]);
    }
    return (const int8_t*)maps[network->layer_count % 2];
}
