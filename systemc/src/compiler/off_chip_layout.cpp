// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/off_chip_layout.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <tuple>

#include "compiler/copy_route.hpp"

namespace plumbline::sim {
namespace {

using Kind = OffChipArea::Kind;

std::uint64_t aligned(std::uint64_t size)
{
    return (size + OffChipLayout::kAlignment - 1) / OffChipLayout::kAlignment * OffChipLayout::kAlignment;
}

bool holds(const OperandMapping& mapping, MemoryId memory)
{
    return std::find(mapping.levels.begin(), mapping.levels.end(), memory) != mapping.levels.end();
}

/// What of a network's maps a schedule brings off-chip.
class MapsSentOffChip {
public:
    MapsSentOffChip(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
        : accelerator_{&accelerator},
          workload_{&workload}
    {
        for_each_step(schedule,
                      [&](const ScheduledStep& step) { std::visit([&](const auto& each) { add(each); }, step.what); });
    }

    bool contain(LayerId layer) const { return maps_.count(layer) > 0; }
    Bits precision(const Layer& layer) const
    {
        return partial_.count(layer.id) > 0 ? std::max(layer.output.precision, layer.final_precision)
                                            : layer.final_precision;
    }

private:
    void add(const ComputeStep& step)
    {
        const Layer& layer = workload_->layer(step.layer);
        for (std::size_t i = 0; i < step.mapping.operands.size(); ++i) {
            const OperandMapping& operand = step.mapping.operands[i];
            if (!holds(operand, accelerator_->top())) continue;
            if (i == 0) {
                add_output(layer, operand);
            } else if (layer.inputs[i - 1].source) {
                maps_.insert(*layer.inputs[i - 1].source);
            }
        }
    }

    /// Sums are partial where the loops that run in the top memory reduce.
    void add_output(const Layer& layer, const OperandMapping& operand)
    {
        maps_.insert(layer.id);
        for (TemporalLoop loop : operand.temporal.back()) {
            if (loop.size > 1 && !layer.output.relevant.contains(loop.dim)) partial_.insert(layer.id);
        }
    }

    void add(const CopyStep& step)
    {
        for (const Copy& copy : step.copies) {
            if (!copy.region.producer) continue;
            for (const Transfer& hop : copy_hops(*accelerator_, copy)) {
                for (const Access& access : hop.accesses) {
                    if (access.memory == accelerator_->top()) maps_.insert(*copy.region.producer);
                }
            }
        }
    }

    const plumbline::Accelerator* accelerator_;
    const Workload* workload_;
    std::set<LayerId> maps_;
    std::set<LayerId> partial_;
};

/// Elements of a tensor that is dense in memory, those that the layer steps over as well.
std::int64_t dense_elements(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t product = 1;
    for (LoopDim dim : kAllLoopDims)
        if (operand.relevant.contains(dim)) product *= sizes[dim];
    for (const SlidingAxis& axis : operand.sliding) {
        const std::int64_t positions =
            axis.size.value_or(axis.stride * (sizes[axis.position] - 1) + axis.dilation * (sizes[axis.window] - 1) + 1);
        product *= axis.depth_to_space * divide_up(axis.depth_offset + positions, axis.depth_to_space);
    }
    return product;
}

void append(OffChipLayout& layout, Kind kind, const Layer& layer, const Operand& operand, Bits precision)
{
    const std::int64_t bits = dense_elements(operand, layer.sizes) * precision.count();
    layout.areas.push_back(
        {kind, layer.id, operand.name, layout.size(), static_cast<std::uint64_t>(divide_up(bits, 8))});
}

}  // namespace

bool operator==(const OffChipArea& a, const OffChipArea& b)
{
    return std::tie(a.kind, a.layer, a.operand, a.address, a.size) ==
           std::tie(b.kind, b.layer, b.operand, b.address, b.size);
}

std::uint64_t OffChipLayout::size() const
{
    return areas.empty() ? 0 : aligned(areas.back().address + areas.back().size);
}

std::optional<AreaId> OffChipLayout::find(OffChipArea::Kind kind, LayerId layer, const std::string& operand) const
{
    for (AreaId id = 0; id < areas.size(); ++id) {
        const OffChipArea& area = areas[id];
        if (area.kind == kind && area.layer == layer && area.operand == operand) return id;
    }
    return std::nullopt;
}

std::optional<AreaId> OffChipLayout::find(OffChipArea::Kind kind, LayerId layer) const
{
    for (AreaId id = 0; id < areas.size(); ++id) {
        if (areas[id].kind == kind && areas[id].layer == layer) return id;
    }
    return std::nullopt;
}

OffChipLayout off_chip_layout(const plumbline::Accelerator& accelerator, const Workload& workload,
                              const Schedule& schedule)
{
    const MapsSentOffChip maps{accelerator, workload, schedule};
    OffChipLayout layout;
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs) {
            if (!input.constant && !input.source) append(layout, Kind::input_map, layer, input, input.precision);
        }
    }
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs) {
            if (input.constant) append(layout, Kind::weights, layer, input, input.precision);
        }
        if (maps.contain(layer.id)) append(layout, Kind::output_map, layer, layer.output, maps.precision(layer));
    }
    return layout;
}

AreaId area_of(const OffChipLayout& layout, const Layer& layer, const Operand& operand)
{
    std::optional<AreaId> area;
    if (operand.name == layer.output.name) {
        area = layout.find(Kind::output_map, layer.id);
    } else if (operand.source) {
        area = layout.find(Kind::output_map, *operand.source);
    } else {
        area = layout.find(operand.constant ? Kind::weights : Kind::input_map, layer.id, operand.name);
    }
    assert(area);
    return *area;
}

AreaId area_of(const OffChipLayout& layout, const Workload& workload, const FeatureRegion& region)
{
    if (region.producer) {
        const auto area = layout.find(Kind::output_map, *region.producer);
        assert(area);
        return *area;
    }
    const NetworkInput input = workload.inputs().at(region.input);
    const Layer& reader = workload.layer(input.layer);
    return area_of(layout, reader, reader.inputs[input.input]);
}

}  // namespace plumbline::sim
