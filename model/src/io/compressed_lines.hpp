// SPDX-License-Identifier: Apache-2.0
// Lines of a text file, which may be compressed with gzip and end nowhere.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace plumbline::io {

class CompressedLines {
public:
    /// \throws InputError where the file cannot be opened
    explicit CompressedLines(const std::string& path);

    /// The next line without its end; nothing behind the last one.
    /// \throws InputError where the file is damaged, a line is no text, or either is too long
    std::optional<std::string> next();
    /// Of the line given last, from 1.
    int line() const { return line_; }

private:
    struct Close {
        void operator()(void* file) const;
    };
    /// False at the end of the file.
    bool fill();
    [[noreturn]] void fail(const std::string& problem) const;

    std::string path_;
    std::unique_ptr<void, Close> file_;
    std::string part_;       ///< of the file
    std::size_t at_ = 0;     ///< what of it has been given
    std::size_t bytes_ = 0;  ///< of all parts
    int line_ = 0;
};

}  // namespace plumbline::io
