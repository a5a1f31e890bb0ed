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
    if (filled_ != begin_ + 1) {
        axis_[axes_++] = {nullptr, begin_, filled_};
        begin_ = filled_;
        return;
    }
    only_ = {only_.elements * shares_[begin_].elements, only_.count * shares_[begin_].count};
    filled_ = begin_;
}

void GranuleSum::add_axis(const std::vector<Share>& shares) { axis_[axes_++] = {shares.data(), 0, shares.size()}; }

double GranuleSum::granules(const Rounding& rounding, std::size_t axes, Share product) const
{
    if (axes == 0) return product.count * rounding.granules(product.elements);
    const Axis& axis = axis_[axes - 1];
    const Share* const shares = axis.others != nullptr ? axis.others : shares_.data();
    double sum = 0;
    for (std::size_t i = axis.begin; i < axis.end; ++i)
        sum += granules(rounding, axes - 1, {product.elements * shares[i].elements, product.count * shares[i].count});
    return sum;
}

}  // namespace plumbline::detail::refined
