// SPDX-License-Identifier: Apache-2.0
// Files that are complete or absent: written under another name first, then renamed. What is no regular file is written into.
//
//     OutputFile file{path};
//     file.write("…");  // as often as it takes
//     file.commit();
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "execution/output_target.hpp"

namespace plumbline::cli {

class OutputFile {
public:
    /// \throws InputError where it cannot be created
    explicit OutputFile(std::string path);
    /// Removes what was not committed.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    const std::string& path() const { return path_; }
    /// Appends. What goes wrong is kept for commit(), so that this may be called from anywhere; nothing more is written.
    void write(std::string_view text) noexcept;
    /// Replaces `path`, which keeps its mode, or ends what was written into it. \throws InputError where any of it could not be written
    void commit();

private:
    void create_temporary();
    void close() noexcept;

    std::string path_;
    OutputTarget target_;
    std::string temporary_;  ///< empty: there is none
    std::size_t unfinished_;
    int file_ = -1;
    int error_ = 0;  ///< errno of the first failure
};

/// Replaces `path` by a file with this content. \throws InputError where it cannot be written
void write_file(const std::string& path, const std::string& content);

/// Says before the work begins what could not be written after it. Empty paths are outputs that nobody asked for.
/// \param stores are no outputs either: they are added to
/// \throws InputError naming a path that cannot be written, or a file that is asked for twice
void check_outputs(const std::vector<std::string>& paths, const std::vector<std::string>& stores = {});

/// Removes all files that have been begun and not finished. Safe to call from a signal handler.
void discard_unfinished_files() noexcept;

}  // namespace plumbline::cli
