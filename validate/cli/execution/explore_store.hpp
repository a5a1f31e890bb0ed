// SPDX-License-Identifier: Apache-2.0
// Points explored so far, in a file that outlives the run: who is interrupted goes on where it stopped.
//
// JSON lines: a header that says what the results depend on, then a line per finished point. A line that was cut off at
// the end of the file is dropped. A store belongs to one set of inputs and to one process at a time.
//
//     ExploreStore store{"points.jsonl", {{"accelerator tpu_like", "5f2b…"}, {"factors", "6"}}};
//     if (auto known = store.find({accelerator, "tpu_like fsrcnn"}, point)) …
//     store.add({accelerator, "tpu_like fsrcnn"}, explored);
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "execution/append_file.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/explore.hpp"

namespace plumbline::cli {

class ExploreStore {
public:
    /// What results depend on, by name; a store with other inputs is refused.
    using Inputs = std::map<std::string, std::string>;

    /// Which space a point belongs to.
    struct Space {
        const Accelerator& accelerator;
        std::string name;  ///< of accelerator and network, unique in the exploration
    };

    /// Reads the file, or begins it.
    /// \throws InputError where it cannot be read or written, is in use, is no store, or is one of other inputs
    ExploreStore(const std::string& path, const Inputs& inputs);

    /// \throws InputError where the point's line cannot be understood
    std::optional<ExploredPoint> find(const Space& space, const DesignPoint& point) const;
    /// \throws InputError where it cannot be written
    void add(const Space& space, const ExploredPoint& point);

private:
    struct StoredPoint {
        SourceLocation where;
        std::string json;
    };

    void read(const std::string& lines, const Inputs& inputs);
    void read_point(const SourceLocation& where, const std::string& line);

    std::string path_;
    AppendFile file_;
    std::unordered_map<std::string, StoredPoint> points_;  ///< of earlier runs
};

}  // namespace plumbline::cli
