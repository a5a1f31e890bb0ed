// SPDX-License-Identifier: Apache-2.0
#include "plumbline/printable.hpp"

#include <cstddef>
#include <cstdint>

namespace plumbline {
namespace {

/// A code point at the beginning of a text and how many bytes it takes; 0 where they are not UTF-8.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 0;
};

std::size_t length_from(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

CodePoint first_of(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = length_from(lead);
    if (bytes == 0 || bytes > text.size()) return {lead, 0};
    if (bytes == 1) return {lead, 1};
    std::uint32_t value = lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80) return {lead, 0};
        value = value << 6U | (next & 0x3FU);
    }
    const bool overlong = value < (bytes == 3 ? 0x800U : bytes == 4 ? 0x10000U : 0x80U);
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (overlong || surrogate || value > 0x10FFFF) return {lead, 0};
    return {value, bytes};
}

bool is_control(std::uint32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

/// Ends of lines and marks of direction.
bool is_layout(std::uint32_t point)
{
    return point == 0x200E || point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

std::string hexadecimal(std::uint32_t value, std::size_t digits)
{
    std::string text(digits, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value >>= 4U)
        *digit = "0123456789abcdef"[value & 0xFU];
    return text;
}

std::string escaped(std::uint32_t point)
{
    if (point == '\n') return "\\n";
    if (point == '\t') return "\\t";
    if (point == '\r') return "\\r";
    return point < 0x100 ? "\\x" + hexadecimal(point, 2) : "\\u" + hexadecimal(point, 4);
}

}  // namespace

std::string printable(std::string_view text)
{
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_of(text);
        const std::size_t bytes = point.bytes == 0 ? 1 : point.bytes;
        if (point.bytes == 0 || is_control(point.value) || is_layout(point.value))
            shown += escaped(point.value);
        else
            shown += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return shown;
}

}  // namespace plumbline
