// SPDX-License-Identifier: Apache-2.0
// A file that grows line by line, and that one process at a time may use.
#pragma once

#include <cstddef>
#include <string>

namespace plumbline::cli {

class AppendFile {
public:
    /// Creates the file where there is none. \throws InputError where it is no regular file, cannot be written, or
    /// another process has it
    explicit AppendFile(std::string path);
    ~AppendFile();
    AppendFile(const AppendFile&) = delete;
    AppendFile& operator=(const AppendFile&) = delete;

    /// The whole file.
    std::string content() const;
    /// Drops what comes after the first `size` bytes.
    void cut_to(std::size_t size);
    /// In one piece where the system can, so that an interrupt leaves one line unfinished at most. \throws InputError where the
    /// disk is full, say; nothing of `text` stays then
    void append(const std::string& text);

private:
    bool lock() const;
    [[noreturn]] void fail(const std::string& problem) const;

    std::string path_;
    int file_;
};

}  // namespace plumbline::cli
