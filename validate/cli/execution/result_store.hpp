// SPDX-License-Identifier: Apache-2.0
// Finished results in a file that outlives the command: who is interrupted goes on where it stopped.
//
// JSON lines: a header that names the kind of store, then a key and a result each. Results may depend on more than their keys
// say: such inputs stand in the header, and a store with others is refused. A store without inputs has keys that say all. A line
// that was cut off at the end of the file is dropped. One process at a time uses a store.
//
//     ResultStore store{"runs.jsonl", {"plumbline/validate-store/1", "run"}};
//     if (const auto* known = store.find(key)) return known->json;
//     store.add(key, R"({"total":12})");
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "execution/append_file.hpp"
#include "plumbline/error.hpp"

namespace plumbline::cli {

class ResultStore {
public:
    struct Kind {
        std::string schema;
        std::string result;  ///< name of what stands beside a key
    };
    /// What all results depend on, by name.
    using Inputs = std::map<std::string, std::string>;
    struct Result {
        SourceLocation where;
        std::string json;  ///< one line
    };

    /// Reads the file, or begins it.
    /// \throws InputError where it cannot be read or written, is in use, is no store of that kind, or is one of other inputs
    ResultStore(const std::string& path, Kind kind, Inputs inputs = {});

    /// Of an earlier run; null: there is none.
    const Result* find(const std::string& key) const;
    /// \param json of the result \throws InputError where it cannot be written
    void add(const std::string& key, const std::string& json);

private:
    void read(const std::string& path, const std::string& lines);
    void read_header(const SourceLocation& where, const std::string& line) const;
    void read_result(const SourceLocation& where, const std::string& line);
    [[noreturn]] void refuse(SourceLocation where) const;

    Kind kind_;
    Inputs inputs_;
    std::string header_;
    AppendFile file_;
    std::unordered_map<std::string, Result> results_;
};

}  // namespace plumbline::cli
