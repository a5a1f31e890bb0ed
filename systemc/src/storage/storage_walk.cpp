// SPDX-License-Identifier: Apache-2.0
#include "storage/storage_walk.hpp"

#include <algorithm>
#include <string>

#include "plumbline/sim/capacity_check.hpp"
#include "storage/geometry/grid_places.hpp"
#include "storage/geometry/map_read.hpp"
#include "storage/region_store.hpp"
#include "storage/sampled_maps.hpp"

namespace plumbline::sim {
namespace {

/// What of `box` none of the memories holds.
std::vector<FeatureBox> missing(const std::vector<RegionStore>& stores, const std::vector<MemoryId>& memories,
                                MapId map, const FeatureBox& box)
{
    std::vector<FeatureBox> missing{box};
    for (MemoryId memory : memories) {
        std::vector<FeatureBox> rest;
        for (const FeatureBox& part : missing) {
            const auto parts = stores[memory].missing(map, part);
            rest.insert(rest.end(), parts.begin(), parts.end());
        }
        missing = std::move(rest);
    }
    return missing;
}

bool same(const RegionStore& a, const RegionStore& b, const std::vector<MapGeometry>& maps)
{
    const auto within = [&](const RegionStore& one, const RegionStore& other) {
        return std::all_of(maps.begin(), maps.end(), [&](const MapGeometry& map) {
            const auto boxes = one.common(map.map, map.whole);
            return std::all_of(boxes.begin(), boxes.end(),
                               [&](const FeatureBox& box) { return other.missing(map.map, box).empty(); });
        });
    };
    return within(a, b) && within(b, a);
}

class Walk {
public:
    Walk(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
         const StorageProgram& storage, Overcommit overcommit, std::vector<AbsentRead>& absent)
        : accelerator_{accelerator},
          workload_{workload},
          schedule_{schedule},
          storage_{storage},
          overcommit_{overcommit},
          absent_{absent},
          stores_(accelerator.memories().size())
    {}

    std::vector<StackSpace> run()
    {
        for (std::size_t i = 0; i < schedule_.stacks.size(); ++i) {
            stack_ = i;
            spaces_.emplace_back();
            for (const TileClass& tile : schedule_.stacks[i].classes) spaces_.back().emplace_back(tile.steps.size());
            provide_input();
            sampled_.begin_stack(stores_[accelerator_.top()], storage_, i);
            walk_rows();
        }
        return std::move(spaces_);
    }

private:
    const Stack& stack() const { return schedule_.stacks[stack_]; }
    const std::vector<MapGeometry>& maps() const { return storage_.geometry(stack_).maps(); }
    static MapFormat format_of(const MapGeometry& map) { return {map.channels, map.precision}; }

    /// The network's inputs lie in off-chip memory.
    void provide_input()
    {
        for (const MapGeometry& map : maps()) {
            if (map.enters && !map.map)
                stores_[accelerator_.top()].fill(map.map, format_of(map), map.samples.span(map.whole));
        }
    }

    void walk_rows()
    {
        const std::int64_t rows = stack().grid.rows;
        for (std::int64_t row = 0; row < rows; ++row) {
            const std::vector<RegionStore> before = stores_;
            for (std::int64_t column = 0; column < stack().grid.columns; ++column) walk_tile({stack_, column, row});
            std::int64_t alike = row;
            while (alike + 2 < rows && repeats(row, alike + 1)) ++alike;
            if (alike == row || row < 1 || !repeats(row - 1, row)) continue;
            if (!same_but_moved(before, row - 1, row)) continue;
            stores_ = moved(stores_, row, alike);
            row = alike;
        }
    }

    /// Whether two rows of tiles and their neighbours below look alike, but for where they are.
    bool repeats(std::int64_t row, std::int64_t other) const
    {
        const auto& classes = stack();
        for (std::int64_t column : columns_that_differ(stack())) {
            if (&class_of_tile(classes, column, row) != &class_of_tile(classes, column, other) ||
                &class_of_tile(classes, column, row + 1) != &class_of_tile(classes, column, other + 1))
                return false;
        }
        return std::all_of(maps().begin(), maps().end(), [&](const MapGeometry& map) {
            const std::int64_t shift = shift_of(map, row, other);
            return alike(map.rows.needed, row, other, shift) && alike(map.rows.needed, row + 1, other + 1, shift) &&
                   alike(map.rows.computed, row, other, shift) && alike(map.rows.computed, row + 1, other + 1, shift);
        });
    }

    static bool alike(const std::vector<Interval>& rows, std::int64_t row, std::int64_t other, std::int64_t shift)
    {
        const Interval a = rows[static_cast<std::size_t>(row)];
        const Interval b = rows[static_cast<std::size_t>(other)];
        return Interval{a.begin + shift, a.end + shift} == b;
    }

    static std::int64_t shift_of(const MapGeometry& map, std::int64_t row, std::int64_t other)
    {
        return map.rows.needed[static_cast<std::size_t>(other)].end -
               map.rows.needed[static_cast<std::size_t>(row)].end;
    }

    /// Contents a number of rows of tiles later: all moves on with them, but off-chip memory keeps what enters the stack,
    /// and more of what leaves it.
    std::vector<RegionStore> moved(std::vector<RegionStore> stores, std::int64_t row, std::int64_t later) const
    {
        const MapId leaving = stack().layers.back();
        for (std::size_t memory = 0; memory < stores.size(); ++memory) {
            const bool off_chip = memory == accelerator_.top();
            for (const MapGeometry& map : maps()) {
                if (off_chip && map.enters) continue;
                const std::int64_t shift = shift_of(map, row, later);
                const bool stays = off_chip && map.map == leaving;
                const std::vector<FeatureBox> boxes = stores[memory].common(map.map, map.whole);
                if (!stays) stores[memory].shrink(map.map, {});
                for (const FeatureBox& box : boxes) {
                    const std::int64_t begin = box.rows.begin + (stays ? 0 : shift);
                    stores[memory].fill(map.map, format_of(map), {box.columns, {begin, box.rows.end + shift}});
                }
            }
        }
        return stores;
    }

    bool same_but_moved(const std::vector<RegionStore>& before, std::int64_t row, std::int64_t later) const
    {
        const std::vector<RegionStore> expected = moved(before, row, later);
        for (std::size_t memory = 0; memory < stores_.size(); ++memory) {
            if (!same(stores_[memory], expected[memory], maps())) return false;
        }
        return true;
    }

    void walk_tile(TileIndex tile)
    {
        tile_ = tile;
        const TileClass& kind = class_of_tile(stack(), tile.column, tile.row);
        auto& spaces = spaces_.back()[static_cast<std::size_t>(&kind - stack().classes.data())];
        const std::vector<StorageStep> steps = storage_.tile(tile);
        for (std::size_t i = 0; i < steps.size(); ++i) walk_step(steps[i], spaces[i]);
    }

    void walk_step(const StorageStep& step, MapSpace& space)
    {
        note(space.before);
        if (step.work) check_reads(*step.work);
        if (step.work) note(space.during, raised_by(*step.work));
        copy(step.copies);
        if (step.work) fill(step.work->write.map, step.work->write.memory, step.work->write.box);
        if (!step.work) note(space.during);
        for (const MapShrink& each : step.shrinks) stores_[each.memory].shrink(maps()[each.map].map, each.kept);
        note(space.after);
    }

    void fill(std::size_t map, MemoryId memory, const FeatureBox& box)
    {
        stores_[memory].fill(maps()[map].map, format_of(maps()[map]), box);
    }

    void copy(const std::vector<MapCopy>& copies)
    {
        std::vector<std::vector<FeatureBox>> read;
        read.reserve(copies.size());
        for (const MapCopy& each : copies) read.push_back(stores_[each.from].common(maps()[each.map].map, each.box));
        for (std::size_t i = 0; i < copies.size(); ++i) {
            for (const FeatureBox& box : read[i]) fill(copies[i].map, copies[i].to, box);
        }
    }

    void check_reads(const LayerWork& work)
    {
        for (const MapRead& read : work.reads) {
            const auto lost = missing(stores_, read.memories, maps()[read.map].map, read.inside);
            if (!lost.empty()) note_absent(work, read, lost.front());
        }
    }

    /// What a layer reads below the memory that its mapping says, where it needs space for it, too.
    std::vector<Bits> raised_by(const LayerWork& work) const
    {
        std::vector<Bits> raised(stores_.size());
        for (const MapRead& read : work.reads) {
            const MapGeometry& map = maps()[read.map];
            for (const FeatureBox& box : stores_[read.memories.back()].missing(map.map, read.inside))
                raised[read.memories.back()] += map.size(box);
        }
        return raised;
    }

    void note_absent(const LayerWork& work, const MapRead& read, const FeatureBox& lost)
    {
        const AbsentRead found{read.memories.back(),
                               work.layer,
                               stack_,
                               tile_.column,
                               tile_.row,
                               maps()[read.map].map,
                               maps()[read.map].samples.span(lost)};
        if (overcommit_ == Overcommit::refuse) sim::refuse(found, accelerator_, workload_, schedule_);
        const bool known = std::any_of(absent_.begin(), absent_.end(), [&](const AbsentRead& other) {
            return other.stack == found.stack && other.layer == found.layer && other.map == found.map;
        });
        if (!known) absent_.push_back(found);
    }

    void note(std::vector<Bits>& largest) const { note(largest, std::vector<Bits>(stores_.size())); }

    void note(std::vector<Bits>& largest, const std::vector<Bits>& beside) const
    {
        largest.resize(stores_.size());
        for (std::size_t i = 0; i < stores_.size(); ++i) largest[i] = std::max(largest[i], held_in(i) + beside[i]);
    }

    Bits held_in(MemoryId memory) const
    {
        return stores_[memory].held() + (memory == accelerator_.top() ? sampled_.left_out() : Bits{});
    }

    const plumbline::Accelerator& accelerator_;
    const Workload& workload_;
    const Schedule& schedule_;
    const StorageProgram& storage_;
    Overcommit overcommit_;
    std::vector<AbsentRead>& absent_;
    std::vector<RegionStore> stores_;
    SampledMaps sampled_;
    std::vector<StackSpace> spaces_;
    std::size_t stack_ = 0;
    TileIndex tile_;
};

}  // namespace

std::vector<StackSpace> walk(const plumbline::Accelerator& accelerator, const Workload& workload,
                             const Schedule& schedule, const StorageProgram& storage, Overcommit overcommit,
                             std::vector<AbsentRead>& absent)
{
    return Walk{accelerator, workload, schedule, storage, overcommit, absent}.run();
}

}  // namespace plumbline::sim
