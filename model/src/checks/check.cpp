// SPDX-License-Identifier: Apache-2.0
#include "plumbline/check.hpp"

#include <tuple>

namespace plumbline {

std::string_view name_of(Severity severity)
{
    switch (severity) {
        case Severity::remark: return "remark";
        case Severity::suspicious: return "suspicious";
        case Severity::error: break;
    }
    return "error";
}

std::string_view name_of(DescriptionKind kind)
{
    switch (kind) {
        case DescriptionKind::accelerator: return "accelerator";
        case DescriptionKind::workload: return "workload";
        case DescriptionKind::mapping: break;
    }
    return "mapping";
}

bool operator==(const Finding& a, const Finding& b)
{
    return std::tie(a.severity, a.kind, a.where.file, a.where.line, a.where.field, a.text) ==
           std::tie(b.severity, b.kind, b.where.file, b.where.line, b.where.field, b.text);
}

}  // namespace plumbline
