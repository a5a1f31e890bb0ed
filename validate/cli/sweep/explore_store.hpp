// SPDX-License-Identifier: Apache-2.0
// The store of `plumbline explore`: points explored so far, and the inputs that they depend on, in an SQLite file.
//
// Each point is there for good as soon as it was added, and once: processes may add to one store at the same time. Tables
// `input`, `space`, `point`; the view `points` has what reports say of a point, for queries (point_query.hpp).
//
//     ExploreStore store{"points.db", explore_inputs(context, subjects, profile, planning)};
//     const ExploreStore::Space space = store.space({explore_space_key(…), "tpu_like", "fsrcnn"});
//     if (auto known = store.find(space, accelerator, point)) …
//     store.add(space, accelerator, explored);
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/explore.hpp"
#include "stores/database.hpp"
#include "sweep/explore_inputs.hpp"

namespace plumbline::cli {

class ExploreStore {
public:
    /// Of a space, in all stores the same.
    using Space = std::int64_t;
    struct SpaceNames {
        std::string key;  ///< explore_space_key()
        std::string accelerator;
        std::string workload;
    };
    /// What orders points.
    struct PointNumbers {
        double energy = 0;
        double dram_energy = 0;
        double activation_energy = 0;
        double mac_energy = 0;
        std::int64_t latency = 0;
    };
    /// As it is stored.
    struct Row {
        Space space = 0;
        std::string mode;
        TileSize tile;
        std::string cut_rule;
        std::string result;                   ///< JSON, in one line
        std::optional<PointNumbers> numbers;  ///< of that; none where the point is infeasible
    };

    /// Begins the file where there is none.
    /// \throws InputError where the file is no store, one of another version or of other inputs, or cannot be written
    ExploreStore(const std::string& path, const ExploreInputs& inputs);

    /// \throws InputError as all that follow
    Space space(const SpaceNames& names);
    bool has(Space space, const DesignPoint& point);
    std::optional<ExploredPoint> find(Space space, const Accelerator& accelerator, const DesignPoint& point);
    void add(Space space, const Accelerator& accelerator, const ExploredPoint& point);
    /// \throws InputError also where the store has another result for the point
    void add(const Row& row);
    /// All points of another store of the same inputs; nothing where it fails.
    void add_all(const Database& other);
    /// Of what `work` adds, nothing where it throws.
    void all_or_nothing(const std::function<void()>& work);
    /// \throws InputError naming an input that is another than that of this store \param where the file that has `inputs`
    void expect(const std::string& where, const ExploreInputs& inputs) const;

private:
    void copy(const Database& other);

    Database database_;
    Statement find_;
    Statement add_;
};

/// For queries. \throws InputError where the file is no store of this version
Database read_store(const std::string& path);
/// What the points of a store depend on. \throws InputError
ExploreInputs inputs_of(const Database& store);

}  // namespace plumbline::cli
