// SPDX-License-Identifier: Apache-2.0
#include "mapping_text.hpp"

#include <charconv>

namespace plumbline::gemmini {
namespace {

constexpr std::string_view kLetters = "NKCPQRS";
constexpr std::string_view kBetweenLevels = " - ";
constexpr int kLevels = 4;
constexpr std::int64_t kMostIterations = std::int64_t{1} << 24;

[[noreturn]] void fail(std::string_view found, const std::string& expected)
{
    throw MappingError{"has '" + std::string{found} + "', expected " + expected};
}

struct Loop {
    TileLoop loop;
    bool spatial = false;
};

Loop loop_of(std::string_view text)
{
    Loop loop;
    std::string_view size = text.substr(1);
    loop.spatial = !size.empty() && size.back() == 'X';
    if (loop.spatial) size.remove_suffix(1);
    const std::size_t letter = kLetters.find(text.front());
    const auto value = whole_number(size);
    if (letter == std::string_view::npos || !value) fail(text, "a loop such as K48 or K16X");
    loop.loop = {static_cast<Dim>(letter), *value};
    return loop;
}

/// The text up to the separator, which is taken away with it.
std::string_view next(std::string_view& text, std::string_view separator)
{
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
    return part;
}

void multiply(std::int64_t& extent, const TileLoop& loop, std::string_view text)
{
    if (extent > kMostIterations / loop.size) fail(text, "no more than 2^24 iterations of a dimension");
    extent *= loop.size;
}

/// Reads the loops of a level, "L2[WI] N1 K16X".
void read_level(std::string_view text, int level, Mapping& mapping, Extents& all)
{
    const std::string name = 'L' + std::to_string(level) + '[';
    const std::size_t bracket = text.find(']');
    if (text.substr(0, name.size()) != name || bracket == std::string_view::npos) fail(text, "a level " + name + "…]");
    text.remove_prefix(bracket + 1);
    while (!text.empty()) {
        const std::string_view word = next(text, " ");
        if (word.empty()) continue;
        const auto [loop, spatial] = loop_of(word);
        multiply(all[loop.dim], loop, word);
        if (level == kLevels - 1) {
            if (spatial) fail(word, "no unrolled loop over tiles");
            if (loop.size > 1) mapping.loops.push_back(loop);
            continue;
        }
        mapping.tile[loop.dim] *= loop.size;
        if (!spatial) continue;
        if (loop.dim != Dim::k && loop.dim != Dim::c) fail(word, "K or C: nothing else is unrolled over the array");
        (loop.dim == Dim::k ? mapping.lanes_k : mapping.lanes_c) *= loop.size;
    }
}

}  // namespace

char letter_of(Dim dim) { return kLetters[static_cast<std::size_t>(dim)]; }

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
    return value;
}

Mapping parse_mapping(std::string_view text)
{
    Mapping mapping;
    Extents all;
    for (int level = kLevels - 1; level >= 0; --level) {
        if (text.empty()) fail(text, "four levels, L3 to L0, with ' - ' between them");
        read_level(next(text, kBetweenLevels), level, mapping, all);
    }
    if (!text.empty()) fail(text, "nothing after L0");
    return mapping;
}

}  // namespace plumbline::gemmini
