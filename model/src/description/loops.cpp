// SPDX-License-Identifier: Apache-2.0
#include "plumbline/loops.hpp"

#include <algorithm>
#include <cctype>

namespace plumbline {
namespace {

constexpr std::array<std::string_view, kLoopDims> kDimNames{"B", "G", "K", "C", "OY", "OX", "FY", "FX"};

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

}  // namespace

std::string_view name_of(LoopDim dim) { return kDimNames[static_cast<std::size_t>(dim)]; }

std::optional<LoopDim> loop_dim_named(std::string_view name)
{
    for (LoopDim dim : kAllLoopDims) {
        if (equal_ignoring_case(name_of(dim), name)) return dim;
    }
    return std::nullopt;
}

std::int64_t volume(const LoopSizes& sizes)
{
    std::int64_t product = 1;
    for (LoopDim dim : kAllLoopDims) product *= sizes[dim];
    return product;
}

}  // namespace plumbline
