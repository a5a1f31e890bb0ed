// SPDX-License-Identifier: Apache-2.0
// Texts are put together here whatever the language of the host.
//
// A stream takes the locale that the program has set for all, and writes 1.5 as 1,5 and 1000 as 1.000 where that is German.
// Reports, messages and files are read by programs, so they are written in one way only.
//
//     TextStream text;
//     text << "is " << 1.5;
#pragma once

#include <charconv>
#include <locale>
#include <sstream>
#include <string>

#pragma GCC visibility push(default)
namespace plumbline {

/// A text that is written in the classic locale.
class TextStream : public std::ostringstream {
public:
    /// An empty text.
    TextStream() { imbue(std::locale::classic()); }
};

/// The shortest text that reads back as the same number.
inline std::string shortest_text(double value)
{
    char text[32];  // 24 characters are the most
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace plumbline
#pragma GCC visibility pop
