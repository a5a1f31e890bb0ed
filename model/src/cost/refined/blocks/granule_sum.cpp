// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/granule_sum.hpp"

namespace plumbline::detail::refined {

double Rounding::granules(double elements) const
{
    const double exact = elements * bits / granule;
    const auto whole = static_cast<double>(static_cast<std::int64_t>(exact));
    return whole < exact ? whole + 1 : whole;
}

void GranuleSum::end_axis()
{
    const std::size_t begin = axes_ == 0 ? 0 : axis_end_[axes_ - 1];
    if (filled_ != begin + 1) {
        axis_end_[axes_++] = filled_;
        return;
    }
    only_ = {only_.elements * shares_[begin].elements, only_.count * shares_[begin].count};
    filled_ = begin;
}

double GranuleSum::granules(const Rounding& rounding, std::size_t axes, Share product) const
{
    if (axes == 0) return product.count * rounding.granules(product.elements);
    double sum = 0;
    for (std::size_t i = axes == 1 ? 0 : axis_end_[axes - 2]; i < axis_end_[axes - 1]; ++i)
        sum += granules(rounding, axes - 1, {product.elements * shares_[i].elements, product.count * shares_[i].count});
    return sum;
}

}  // namespace plumbline::detail::refined
