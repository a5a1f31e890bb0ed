// SPDX-License-Identifier: Apache-2.0
#include "share_sum.hpp"

namespace plumbline::detail {

double Rounding::granules(double elements) const
{
    const double exact = elements * bits / granule;
    const auto whole = static_cast<double>(static_cast<std::int64_t>(exact));
    return whole < exact ? whole + 1 : whole;
}

void ShareSum::add(const Shares& axis)
{
    if (axis.count == 1)
        only_ = {only_.elements * axis.share[0].elements, only_.count * axis.share[0].count};
    else
        axes_[several_++] = axis;
}

double ShareSum::granules(const Rounding& rounding, std::size_t axes, Share product) const
{
    if (axes == 0) return product.count * rounding.granules(product.elements);
    double sum = 0;
    for (const Share& share : axes_[axes - 1])
        sum += granules(rounding, axes - 1, {product.elements * share.elements, product.count * share.count});
    return sum;
}

}  // namespace plumbline::detail
