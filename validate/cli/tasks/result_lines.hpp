// SPDX-License-Identifier: Apache-2.0
// What a store of finished results holds: JSON lines, a header that names the kind of store, then a key and a result each. A
// line that was cut off at the end is none.
//
//     const ResultLines lines{"runs.jsonl", text_of("runs.jsonl"), "plumbline/validate-store/1"};
//     if (const auto* known = lines.find(key)) return known->json;
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "plumbline/error.hpp"

namespace plumbline::cli {

struct StoredResult {
    SourceLocation where;
    std::string key;
    std::string json;  ///< one line
};

class ResultLines {
public:
    /// \param path what errors name \param text of the whole file
    /// \throws InputError naming the line, where this is no store of that kind
    ResultLines(const std::string& path, const std::string& text, const std::string& schema);

    /// Bytes of whole lines; 0: not even the header is one.
    std::size_t size() const { return size_; }
    /// By line.
    const std::vector<StoredResult>& results() const { return results_; }
    /// The last one of this key; null: there is none.
    const StoredResult* find(const std::string& key) const;

private:
    void add(const SourceLocation& where, const std::string& line);

    std::size_t size_ = 0;
    std::vector<StoredResult> results_;
    std::unordered_map<std::string, std::size_t> numbers_;
};

/// The first line of a store, with its end.
std::string result_header(const std::string& schema);

/// The kind that a file says it is in its first line; empty where it says none, or cannot be read.
std::string result_schema_of(const std::string& path);

}  // namespace plumbline::cli
