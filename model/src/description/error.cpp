// SPDX-License-Identifier: Apache-2.0
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

std::string text_of(const SourceLocation& where, const std::string& problem)
{
    std::string text = where.file;
    if (!where.file.empty() && where.line > 0) text += ':' + std::to_string(where.line);
    if (!text.empty()) text += ": ";
    if (!where.field.empty()) text += where.field + ": ";
    return text + problem;
}

}  // namespace

InputError::InputError(SourceLocation where, const std::string& problem)
    : std::runtime_error{text_of(where, problem)},
      where_{std::move(where)},
      problem_{problem}
{}

InputError::InputError(std::string field, const std::string& problem)
    : InputError{SourceLocation{{}, 0, std::move(field)}, problem}
{}

}  // namespace plumbline
