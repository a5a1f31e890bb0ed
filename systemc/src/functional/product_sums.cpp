// SPDX-License-Identifier: Apache-2.0
#include "functional/product_sums.hpp"

namespace plumbline::sim {

void add_products(std::int32_t* sums, const Terms& terms, std::int64_t count)
{
    const std::int16_t* a = terms.features[0];
    const std::int16_t* b = terms.features[1];
    const std::int16_t* c = terms.features[2];
    const std::int16_t* d = terms.features[3];
    const std::int16_t v = terms.weights[0];
    const std::int16_t w = terms.weights[1];
    const std::int16_t x = terms.weights[2];
    const std::int16_t y = terms.weights[3];
    for (std::int64_t i = 0; i < count; ++i) sums[i] += v * a[i] + w * b[i] + x * c[i] + y * d[i];
}

}  // namespace plumbline::sim
