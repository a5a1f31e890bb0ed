// SPDX-License-Identifier: Apache-2.0
#include "plumbline/error.hpp"

#include "plumbline/printable.hpp"

namespace plumbline {
namespace {

/// Enough of what an input says to know it by.
constexpr std::size_t kLongest = 2000;

std::string shortened(const std::string& text)
{
    return text.size() <= kLongest ? text : text.substr(0, kLongest) + "…";
}

std::string text_of(const SourceLocation& where, const std::string& problem)
{
    std::string text = where.file;
    if (!where.file.empty() && where.line > 0) text += ':' + std::to_string(where.line);
    if (!text.empty()) text += ": ";
    if (!where.field.empty()) text += shortened(where.field) + ": ";
    return printable(text + problem);
}

}  // namespace

InputError::InputError(SourceLocation where, const std::string& problem)
    : std::runtime_error{text_of(where, shortened(problem))},
      where_{std::move(where)},
      problem_{shortened(problem)}
{}

InputError::InputError(std::string field, const std::string& problem)
    : InputError{SourceLocation{{}, 0, std::move(field)}, problem}
{}

}  // namespace plumbline
