// SPDX-License-Identifier: Apache-2.0
#include "storage/storage_program.hpp"

#include <algorithm>
#include <string>

#include "plumbline/error.hpp"
#include "storage/copy_boxes.hpp"
#include "storage/geometry/grid_places.hpp"
#include "storage/geometry/map_read.hpp"
#include "storage/geometry/padding_check.hpp"
#include "storage/memory_list.hpp"
#include "storage/stack_storage.hpp"

namespace plumbline::sim {
namespace {

/// Memories that a copy from off-chip memory passes on its way down, both ends excluded.
std::vector<MemoryId> passed_by(const plumbline::Accelerator& accelerator, const Copy& copy)
{
    const std::vector<MemoryId>& levels = accelerator.levels(copy.to.operand);
    const auto lower = std::find(levels.begin(), levels.end(), copy.to.memory);
    const auto upper = std::find(levels.begin(), levels.end(), copy.from.memory);
    if (lower == levels.end() || upper == levels.end() || upper <= lower) return {};
    return {lower + 1, upper};
}

/// Writes the steps of one tile.
class TileWriter {
public:
    TileWriter(const plumbline::Accelerator& accelerator, const Workload& workload, const StackStorage& storage,
               GridPlace tile)
        : accelerator_{accelerator},
          workload_{workload},
          storage_{storage},
          tile_{tile}
    {}

    std::vector<StorageStep> write()
    {
        for (const Step& step : storage_.class_at(tile_).steps) {
            steps_.emplace_back();
            std::visit([this](const auto& each) { add(each); }, step);
        }
        for (std::size_t i = 0; i < steps_.size(); ++i) free_after(i);
        if (!steps_.empty()) free_at_end();
        return std::move(steps_);
    }

private:
    void add(const CopyStep& step)
    {
        for (std::size_t i = 0; i < step.copies.size(); ++i) {
            const Copy& copy = step.copies[i];
            const FeatureBox box = copy_box(storage_, step, copy, tile_);
            const std::size_t map = *storage_.geometry.find(map_of(copy.region));
            if (box.empty()) continue;
            if (copy.reason == CopyReason::stack_input) leave_on_the_way(copy, i, map, box);
            steps_.back().copies.push_back({copy.reason, map, box, copy.from.memory, copy.to.memory, i});
        }
    }

    /// A map that enters passes the caches in which neighbours look for it.
    void leave_on_the_way(const Copy& copy, std::size_t index, std::size_t map, const FeatureBox& box)
    {
        for (MemoryId memory : passed_by(accelerator_, copy)) {
            for (const FeatureBox& kept : storage_.kept(map, memory, tile_)) {
                const FeatureBox part = intersection(kept, box);
                if (part.empty()) continue;
                steps_.back().copies.push_back({copy.reason, map, part, copy.from.memory, memory, index});
            }
        }
    }

    void add(const ComputeStep& step)
    {
        const LayerGeometry& geometry = storage_.geometry.layer(step.layer);
        LayerWork work;
        work.layer = step.layer;
        for (const ReadGeometry& read : geometry.reads) {
            const MapGeometry& map = storage_.geometry.maps()[read.map];
            const FeatureBox window = read.window(tile_.column, tile_.row);
            work.reads.push_back({read.input, read.map, window, read.places(tile_.column, tile_.row),
                                  intersection(window, map.whole),
                                  memories_of_input(step, workload_.layer(step.layer), read.input, map.enters)});
        }
        work.write = {geometry.map, storage_.geometry.maps()[geometry.map].computed(tile_.column, tile_.row),
                      step.mapping.operands.front().levels.back()};
        steps_.back().work = std::move(work);
    }

    /// Maps that the step has touched, where it has.
    void free_after(std::size_t index)
    {
        const StorageStep& step = steps_[index];
        for (const MapCopy& copy : step.copies) {
            free(index, copy.map, copy.from);
            free(index, copy.map, copy.to);
        }
        if (!step.work) return;
        for (const MapRead& read : step.work->reads) {
            for (MemoryId memory : read.memories) free(index, read.map, memory);
        }
        free(index, step.work->write.map, step.work->write.memory);
    }

    void free_at_end()
    {
        for (std::size_t map = 0; map < storage_.places.size(); ++map) {
            for (MemoryId memory : storage_.places[map]) free(steps_.size() - 1, map, memory);
        }
    }

    void free(std::size_t index, std::size_t map, MemoryId memory)
    {
        std::vector<MapShrink>& shrinks = steps_[index].shrinks;
        const auto known = std::find_if(shrinks.begin(), shrinks.end(), [&](const MapShrink& each) {
            return each.map == map && each.memory == memory;
        });
        if (known != shrinks.end()) return;
        MapShrink shrink{map, memory, storage_.kept(map, memory, tile_)};
        BoxSet brought;
        for (std::size_t later = index + 1; later < steps_.size(); ++later) add_reads(steps_[later], shrink, brought);
        shrinks.push_back(std::move(shrink));
    }

    /// Where the tile puts a map that enters; off-chip memory where it is only copied to single layers.
    MemoryId home_of(std::size_t map) const
    {
        for (const Step& step : storage_.class_at(tile_).steps) {
            const auto* copies = std::get_if<CopyStep>(&step);
            if (copies == nullptr) continue;
            for (const Copy& copy : copies->copies) {
                if (copy.reason == CopyReason::stack_input && storage_.geometry.find(map_of(copy.region)) == map)
                    return copy.to.memory;
            }
        }
        return storage_.top;
    }

    /// What has to stay in a memory for a read. What enters the stack is off chip all the time: where it may be read there,
    /// nothing has to stay lower. Elsewhere what the tile has put into a lower memory stays, but not what was copied there
    /// for another layer.
    FeatureBox read_in(const MapRead& read, MemoryId memory) const
    {
        const MapGeometry& map = storage_.geometry.maps()[read.map];
        if (!contains(read.memories, memory)) return {};
        if (!map.enters || memory == read.memories.back()) return read.inside;
        if (contains(read.memories, storage_.top) || memory != home_of(read.map)) return {};
        return intersection(read.inside, map.computed(tile_.column, tile_.row));
    }

    /// \param brought to the memory by steps between: needs not stay until then
    void add_reads(const StorageStep& step, MapShrink& shrink, BoxSet& brought) const
    {
        const auto keep = [&](const FeatureBox& box) {
            for (const FeatureBox& part : brought.missing(box)) shrink.kept.push_back(part);
        };
        for (const MapCopy& copy : step.copies) {
            if (copy.map == shrink.map && copy.from == shrink.memory) keep(copy.box);
        }
        for (const MapCopy& copy : step.copies) {
            if (copy.map == shrink.map && copy.to == shrink.memory) brought.insert(copy.box);
        }
        if (!step.work) return;
        for (const MapRead& read : step.work->reads) {
            if (read.map == shrink.map) keep(read_in(read, shrink.memory));
        }
    }

    const plumbline::Accelerator& accelerator_;
    const Workload& workload_;
    const StackStorage& storage_;
    GridPlace tile_;
    std::vector<StorageStep> steps_;
};

/// A schedule may compute more than the tile needs (zeros at edges), never less.
void check_extent(GridPlace tile, const Layer& layer, const char* axis, std::int64_t planned, std::int64_t needed)
{
    if (planned >= needed) return;
    throw InputError{
        "layer '" + layer.name + "', tile (" + std::to_string(tile.column) + ", " + std::to_string(tile.row) + ')',
        "the schedule computes " + std::to_string(planned) + ' ' + axis + ", but needs " + std::to_string(needed)};
}

void check_column(const StackStorage& storage, const Workload& workload, GridPlace tile)
{
    for (const Step& step : storage.class_at(tile).steps) {
        const auto* compute = std::get_if<ComputeStep>(&step);
        if (compute == nullptr) continue;
        const FeatureBox made =
            storage.geometry.maps()[storage.geometry.layer(compute->layer).map].computed(tile.column, tile.row);
        const Layer& layer = workload.layer(compute->layer);
        check_extent(tile, layer, "columns", compute->mapping.sizes[LoopDim::ox], made.columns.size());
        check_extent(tile, layer, "rows", compute->mapping.sizes[LoopDim::oy], made.rows.size());
        check_padding(workload, storage.geometry, *compute, tile.column, tile.row);
    }
}

/// Columns do not depend on the row, nor rows on the column: one of each class along the other axis will do.
void check_extents(const StackStorage& storage, const Workload& workload)
{
    const TileGrid grid = storage.stack->grid;
    const std::vector<std::int64_t> rows = rows_that_differ(*storage.stack);
    const std::vector<std::int64_t> columns = columns_that_differ(*storage.stack);
    for (std::int64_t column = 0; column < grid.columns; ++column) {
        for (std::int64_t row : rows) check_column(storage, workload, {column, row});
    }
    for (std::int64_t row = 0; row < grid.rows; ++row) {
        for (std::int64_t column : columns) check_column(storage, workload, {column, row});
    }
}

}  // namespace

StorageProgram::StorageProgram(const plumbline::Accelerator& accelerator, const Workload& workload,
                               const Schedule& schedule)
    : accelerator_{&accelerator},
      workload_{&workload}
{
    for (std::size_t i = 0; i < schedule.stacks.size(); ++i) {
        stacks_.push_back(std::make_shared<const StackStorage>(accelerator, workload, schedule, i));
        check_extents(*stacks_.back(), workload);
    }
}

const StackGeometry& StorageProgram::geometry(std::size_t stack) const { return stacks_[stack]->geometry; }

bool StorageProgram::leaves(std::size_t stack, std::size_t map) const { return stacks_[stack]->leaves[map]; }

std::vector<StorageStep> StorageProgram::tile(TileIndex tile) const
{
    return TileWriter{*accelerator_, *workload_, *stacks_[tile.stack], {tile.column, tile.row}}.write();
}

}  // namespace plumbline::sim
