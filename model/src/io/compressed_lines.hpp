// SPDX-License-Identifier: Apache-2.0
// Lines of a text file, which may be compressed with gzip.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace plumbline::io {

class CompressedLines {
public:
    /// \throws InputError where the file cannot be opened
    explicit CompressedLines(const std::string& path);

    /// The next line without its end; nothing behind the last one. \throws InputError where the file is damaged
    std::optional<std::string> next();
    /// Of the line given last, from 1.
    int line() const { return line_; }

private:
    struct Close {
        void operator()(void* file) const;
    };
    [[noreturn]] void fail() const;

    std::string path_;
    std::unique_ptr<void, Close> file_;
    int line_ = 0;
};

}  // namespace plumbline::io
