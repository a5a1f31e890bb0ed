// SPDX-License-Identifier: Apache-2.0
// Files that are complete or absent: written under another name first, then renamed.
//
//     OutputFile file{path};
//     file.write("…");  // as often as it takes
//     file.commit();
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

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
    /// Replaces `path`. \throws InputError where any of it could not be written
    void commit();

private:
    void close() noexcept;

    std::string path_;
    std::string temporary_;
    std::size_t unfinished_;
    int file_;
    int error_ = 0;  ///< errno of the first failure
};

/// Replaces `path` by a file with this content. \throws InputError where it cannot be written
void write_file(const std::string& path, const std::string& content);

/// Removes all files that have been begun and not finished. Safe to call from a signal handler.
void discard_unfinished_files() noexcept;

}  // namespace plumbline::cli
