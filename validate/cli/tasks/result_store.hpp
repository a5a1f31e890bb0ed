// SPDX-License-Identifier: Apache-2.0
// Finished results in a file that outlives the command (result_lines.hpp): who is interrupted goes on where it stopped. Keys say
// all that results depend on. One process at a time uses a store.
//
//     ResultStore store{"runs.jsonl", "plumbline/validate-store/1"};
//     if (const auto* known = store.find(key)) return known->json;
//     store.add(key, R"({"total":12})");
#pragma once

#include <string>

#include "tasks/append_file.hpp"
#include "tasks/result_lines.hpp"

namespace plumbline::cli {

class ResultStore {
public:
    /// Reads the file, or begins it.
    /// \throws InputError where it cannot be read or written, is in use, or is no store of that kind
    ResultStore(const std::string& path, const std::string& schema);

    /// Of an earlier run; null: there is none.
    const StoredResult* find(const std::string& key) const { return lines_.find(key); }
    /// \param json of the result \throws InputError where it cannot be written
    void add(const std::string& key, const std::string& json);

private:
    AppendFile file_;
    ResultLines lines_;
};

}  // namespace plumbline::cli
