// SPDX-License-Identifier: Apache-2.0
#include "mapper/loop_allocation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plumbline::detail {
namespace {

/// Loops of one operand that are placed already, and the sizes they span.
struct Progress {
    std::size_t placed = 0;
    PerLoopDim<double> sizes = PerLoopDim<double>::filled(1);

    void add_spatial(const OperandFacts& facts, std::size_t array_level, CapacityPolicy policy)
    {
        for (const SpatialLoop& loop : facts.spatial[array_level])
            sizes[loop.dim] *= policy == CapacityPolicy::reserved ? std::ceil(loop.size) : loop.size;
    }
};

using AllProgress = std::array<Progress, kMaxOperands>;

/// What an operand is counted against.
struct Measure {
    const OperandFacts& facts;
    const LoopSizes& tile;
    CapacityPolicy policy;

    /// Whole elements; sizes rounded up first. Whole lanes may span more than the tile has.
    std::int64_t held_elements(const PerLoopDim<double>& sizes) const
    {
        const auto size = [&](LoopDim dim) {
            const double whole = std::ceil(sizes[dim]);
            return policy == CapacityPolicy::reserved ? std::min(whole, static_cast<double>(tile[dim])) : whole;
        };
        double elements = 1;
        for (LoopDim dim : kAllLoopDims)
            if (facts.relevant(dim)) elements *= size(dim);
        for (const SlidingAxis& axis : facts.operand->sliding)
            elements *= truncated_span(axis, size(axis.position), size(axis.window));
        return static_cast<std::int64_t>(elements);
    }
};

/// Choices for one tenant: it may take the first n loops left, for n in [first, first + count).
struct Choices {
    std::size_t first = 0;
    std::size_t count = 0;
    std::array<std::int64_t, kMaxLoops + 1> bits;
    std::array<std::int64_t, kMaxLoops + 1> accesses;  ///< to the level above, in bits
};

/// Outputs are partial sums while a loop that accumulates is still to be placed.
std::int64_t precision_at(const OperandFacts& facts, const TemporalLoop* left, const TemporalLoop* end)
{
    const bool partial = std::any_of(left, end, [&](const TemporalLoop& loop) { return facts.irrelevant(loop.dim); });
    return partial ? facts.precision : facts.final_precision;
}

/// False where not even the loops placed already fit.
bool list_choices(Choices& choices, const Measure& measure, const Progress& progress, const OperandLevel& tenant,
                  std::int64_t capacity, const TemporalLoop* loops, std::size_t count)
{
    const std::int64_t precision = precision_at(measure.facts, loops + progress.placed, loops + count);
    PerLoopDim<double> sizes = progress.sizes;
    std::int64_t iterations = 1;
    for (std::size_t i = progress.placed; i < count; ++i) iterations *= loops[i].size;
    const std::size_t left = count - progress.placed;
    choices.first = choices.count = 0;
    for (std::size_t n = 0; n <= left; ++n) {
        if (n > 0) {
            const TemporalLoop& loop = loops[progress.placed + n - 1];
            sizes[loop.dim] *= static_cast<double>(loop.size);
            iterations /= loop.size;
        }
        const std::int64_t bits = measure.held_elements(sizes) * precision;
        if (bits > capacity) break;
        choices.bits[n] = bits;
        choices.accesses[n] = iterations * bits;
        choices.count = n + 1;
    }
    if (choices.count == 0) return false;
    if (tenant.top) {
        if (choices.count != left + 1) return false;
        choices.first = left;
        choices.count = 1;
        choices.accesses[left] = 0;
    }
    return true;
}

using Picks = std::array<std::size_t, kMaxOperands>;

/// Fewest accesses to the levels above among the choices that fit together; the last such one, as LOMA.
bool pick(const std::array<Choices, kMaxOperands>& choices, std::size_t tenants, std::int64_t capacity, Picks& best)
{
    Picks current{};
    for (std::size_t t = 0; t < tenants; ++t) current[t] = choices[t].first;
    std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
    bool found = false;
    while (true) {
        std::int64_t bits = 0;
        std::int64_t accesses = 0;
        for (std::size_t t = 0; t < tenants; ++t) {
            bits += choices[t].bits[current[t]];
            accesses += choices[t].accesses[current[t]];
        }
        if (bits <= capacity && accesses <= fewest) {
            fewest = accesses;
            best = current;
            found = true;
        }
        std::size_t t = tenants;
        while (t > 0 && ++current[t - 1] == choices[t - 1].first + choices[t - 1].count) {
            current[t - 1] = choices[t - 1].first;
            --t;
        }
        if (t == 0) return found;
    }
}

/// No loop for anyone, although not even one iteration fits: LOMA goes on like this at the innermost level.
bool overcommit(const SharedMemory& room, const std::array<Choices, kMaxOperands>& choices, Picks& picks)
{
    picks = {};
    if (!room.innermost()) return false;
    for (std::size_t t = 0; t < room.tenants.size(); ++t)
        if (room.tenants[t].top && choices[t].first > 0) return false;
    return true;
}

bool fill(const LayerFacts& model, const SharedMemory& room, CapacityPolicy policy, const TemporalLoop* loops,
          std::size_t count, AllProgress& progress, LoopCuts& cuts)
{
    std::array<Choices, kMaxOperands> choices;
    for (std::size_t t = 0; t < room.tenants.size(); ++t) {
        const OperandLevel& tenant = room.tenants[t];
        const Measure measure{model.operand[tenant.operand], model.sizes, policy};
        if (!list_choices(choices[t], measure, progress[tenant.operand], tenant, room.capacity, loops, count))
            return false;
    }
    Picks best{};
    if (!pick(choices, room.tenants.size(), room.capacity, best) &&
        (policy == CapacityPolicy::reserved || !overcommit(room, choices, best)))
        return false;
    for (std::size_t t = 0; t < room.tenants.size(); ++t) {
        const OperandLevel& tenant = room.tenants[t];
        Progress& own = progress[tenant.operand];
        for (std::size_t n = 0; n < best[t]; ++n) {
            const TemporalLoop& loop = loops[own.placed++];
            own.sizes[loop.dim] *= static_cast<double>(loop.size);
        }
        own.add_spatial(model.operand[tenant.operand], tenant.level + 1, policy);
        cuts[tenant.operand].cut[tenant.level + 1] = own.placed;
    }
    return true;
}

/// In the order of the memory's services; a second operand of the same service comes last.
std::vector<OperandLevel> tenants_of(const Memory& memory, MemoryId id, const LayerFacts& model)
{
    std::vector<OperandLevel> tenants;
    std::vector<OperandLevel> second;
    for (const MemoryService& service : memory.services) {
        bool first = true;
        for (std::size_t i = 0; i < model.operands; ++i) {
            const OperandFacts& facts = model.operand[i];
            if (facts.memory_operand != service.operand) continue;
            for (std::size_t level = 0; level < facts.levels; ++level)
                if (facts.level[level].memory == id)
                    (first ? tenants : second).push_back({i, level, level + 1 == facts.levels});
            first = false;
        }
    }
    tenants.insert(tenants.end(), second.begin(), second.end());
    return tenants;
}

}  // namespace

bool SharedMemory::innermost() const
{
    return std::any_of(tenants.begin(), tenants.end(), [](const OperandLevel& tenant) { return tenant.level == 0; });
}

SharedMemories make_building(const MappingProblem& problem, const LayerFacts& model)
{
    const Accelerator& accelerator = *problem.accelerator;
    SharedMemories building{{}, problem.capacity};
    for (MemoryId id = 0; id < accelerator.memories().size(); ++id) {
        const Bits taken = id < problem.reserved.size() ? problem.reserved[id] : Bits{};
        SharedMemory room{std::max<std::int64_t>(0, (accelerator.memory(id).size - taken).count()),
                          tenants_of(accelerator.memory(id), id, model)};
        if (!room.tenants.empty()) building.rooms.push_back(std::move(room));
    }
    return building;
}

bool allocate(const LayerFacts& model, const SharedMemories& building, const TemporalLoop* loops, std::size_t count,
              LoopCuts& cuts)
{
    AllProgress progress;
    for (std::size_t i = 0; i < model.operands; ++i) {
        progress[i].add_spatial(model.operand[i], 0, building.policy);
        cuts[i].loops = loops;
        cuts[i].count = count;
        cuts[i].cut[0] = 0;
    }
    return std::all_of(building.rooms.begin(), building.rooms.end(), [&](const SharedMemory& room) {
        return fill(model, room, building.policy, loops, count, progress, cuts);
    });
}

}  // namespace plumbline::detail
