// SPDX-License-Identifier: Apache-2.0
// Finished runs in a file that outlives the command: who is interrupted goes on where it stopped.
//
// JSON lines: a header that names the kind of store, then a key and what is known of a run (JSON) each. The key is a
// fingerprint of all that a run depends on, so other inputs find nothing and add to the same file. A line that was cut off
// at the end is dropped.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "execution/append_file.hpp"

namespace plumbline::cli {

/// Tells whether a text is the one that it was.
std::string fingerprint(const std::string& text);
/// \throws InputError where the file cannot be read
std::string text_of(const std::string& path);

class RunStore {
public:
    /// Reads the file, or begins it. \throws InputError where it is no store of that kind, is in use, or cannot be written
    /// \param kind "calibrate": the schema is plumbline/calibrate-store/1
    RunStore(const std::string& path, const std::string& kind);

    std::optional<std::string> find(const std::string& key) const;
    void add(const std::string& key, const std::string& line);

private:
    void read(const std::string& path, const std::string& lines);

    std::string header_;
    AppendFile file_;
    std::unordered_map<std::string, std::string> lines_;
};

}  // namespace plumbline::cli
