// SPDX-License-Identifier: Apache-2.0
#include <plumbline/error.hpp>
#include <plumbline/sim/layer_function.hpp>

#include <algorithm>
#include <cstring>

#include "firmware/platform.h"
#include "network.hpp"
#include "plumbline/firmware/plumbline_registers.h"

using namespace plumbline;
using sim::JobGroup;

namespace {

constexpr std::uint64_t kJobSlots = 8;
constexpr std::uint64_t kJobSlotBytes = 128;

std::uint32_t aligned(std::uint64_t bytes)
{
    constexpr std::uint64_t kAlignment = PLUMBLINE_ALIGNMENT;
    return static_cast<std::uint32_t>((bytes + kAlignment - 1) / kAlignment * kAlignment);
}

/// Areas one behind the other, beginning after the header.
class Areas {
public:
    network_area add(std::uint64_t size)
    {
        const network_area area{end_, static_cast<std::uint32_t>(size)};
        end_ += aligned(size);
        return area;
    }
    std::uint32_t end() const { return end_; }

private:
    std::uint32_t end_ = aligned(sizeof(network_image));
};

std::uint32_t weight_offset(const sim::JobLayout& layout, LayerId layer)
{
    const auto found = std::find_if(layout.areas.begin(), layout.areas.end(), [&](const sim::JobArea& area) {
        return area.group == JobGroup::weights && area.tensor.layer == layer;
    });
    return found == layout.areas.end() ? 0 : static_cast<std::uint32_t>(found->offset);
}

std::uint32_t size_of(const Layer& layer, LoopDim dim) { return static_cast<std::uint32_t>(layer.sizes[dim]); }

network_layer described(const Layer& layer, const sim::JobLayout& layout)
{
    const sim::Requantisation scale = sim::function_of(layer).scale;
    network_layer of{};
    of.out_channels = size_of(layer, LoopDim::k);
    of.in_channels = size_of(layer, LoopDim::c);
    of.window_rows = size_of(layer, LoopDim::fy);
    of.window_columns = size_of(layer, LoopDim::fx);
    of.out_rows = size_of(layer, LoopDim::oy);
    of.out_columns = size_of(layer, LoopDim::ox);
    of.multiplier = static_cast<std::uint32_t>(scale.multiplier);
    of.shift = static_cast<std::uint32_t>(scale.shift);
    of.weights = weight_offset(layout, layer.id);
    return of;
}

/// A convolution of stride 1 without padding, which reads a map of `input`.
bool is_plain(const Layer& layer, const sim::MapShape& input)
{
    const sim::LayerFunction function = sim::function_of(layer);
    const auto steps_by_one = [](const sim::Window& window) { return window.stride == 1 && window.dilation == 1; };
    const sim::MapShape made = sim::output_shape(layer);
    const sim::MapShape read{layer.sizes[LoopDim::c], function.rows.extent(made.rows),
                             function.columns.extent(made.columns)};
    return sums_products(function.operation) && steps_by_one(function.rows) && steps_by_one(function.columns) &&
           layer.sizes[LoopDim::g] == 1 && layer.sizes[LoopDim::b] == 1 && read == input;
}

/// Fills in the layers, if the network is a chain that the header can describe.
void describe_layers(network_image& header, const Workload& workload, const sim::JobLayout& layout)
{
    if (workload.layers().size() > NETWORK_IMAGE_MOST_LAYERS) return;
    sim::MapShape map = sim::input_shape(workload);
    std::uint32_t count = 0;
    for (const Layer& layer : workload.layers()) {
        if (!is_plain(layer, map) || workload.consumers(layer.id).size() > 1) return;
        header.layers[count++] = described(layer, layout);
        map = sim::output_shape(layer);
    }
    header.layer_count = count;
}

void put(std::vector<std::uint8_t>& image, std::uint32_t offset, const sim::FeatureValues& values)
{
    std::transform(values.begin(), values.end(), image.begin() + offset,
                   [](std::int8_t value) { return static_cast<std::uint8_t>(value); });
}

}  // namespace

std::vector<std::uint8_t> network_image_of(const Workload& workload, const sim::JobLayout& layout,
                                           const sim::NetworkData& data, std::uint32_t tiles_per_job)
{
    Areas areas;
    network_image header{};
    header.magic = NETWORK_IMAGE_MAGIC;
    workload.name().copy(header.name, NETWORK_IMAGE_NAME - 1);
    header.tiles_per_job = tiles_per_job;
    header.frames = 1;
    describe_layers(header, workload, layout);
    header.input = areas.add(layout.size(JobGroup::input));
    header.weights = areas.add(layout.size(JobGroup::weights));
    header.output = areas.add(layout.size(JobGroup::output));
    header.scratch = areas.add(layout.size(JobGroup::scratch));
    header.jobs = areas.add(kJobSlots * kJobSlotBytes);
    header.size = areas.end();
    if (header.size > PLATFORM_IMAGE_SIZE) {
        throw InputError{workload.name(), "takes " + std::to_string(header.size) + " bytes in RAM, a hart has " +
                                              std::to_string(PLATFORM_IMAGE_SIZE)};
    }
    std::vector<std::uint8_t> image(header.size);
    std::memcpy(image.data(), &header, sizeof header);
    put(image, header.input.offset, data.input);
    for (const auto& [layer, weights] : data.weights) {
        put(image, header.weights.offset + weight_offset(layout, layer), weights);
    }
    return image;
}
