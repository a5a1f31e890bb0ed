// SPDX-License-Identifier: Apache-2.0
#include "checks/array_use.hpp"

#include "mapper/open_unrollings.hpp"

namespace plumbline::detail {
namespace {

ArrayUse use_under(const Layer& layer, const MappingRule& rule, const MacArray& array)
{
    ArrayUse use;
    use.unrollings = fit_unrollings(rule, layer.sizes, array);
    use.temporal = temporal_sizes(layer.sizes, use.unrollings);
    use.cycles = volume(use.temporal);
    use.utilisation =
        static_cast<double>(layer.macs()) / static_cast<double>(use.cycles) / static_cast<double>(array.units());
    return use;
}

}  // namespace

ArrayUse array_use(const Layer& layer, const MappingRule& rule, const MacArray& array)
{
    ArrayUse best;
    for (const MappingRule& choice : unrolling_choices(rule)) {
        ArrayUse use = use_under(layer, choice, array);
        if (best.unrollings.empty() || use.cycles < best.cycles) best = std::move(use);
    }
    return best;
}

}  // namespace plumbline::detail
