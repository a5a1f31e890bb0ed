// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/workload_report.hpp"

#include <cstdint>
#include <sstream>

#include "plumbline/validate/table.hpp"

namespace plumbline::validate {
namespace {

std::string sizes_text(const Layer& layer)
{
    std::string text;
    for (LoopDim dim : kAllLoopDims) {
        if (layer.sizes[dim] == 1) continue;
        text += (text.empty() ? "" : " ") + std::string{name_of(dim)} + ' ' + std::to_string(layer.sizes[dim]);
    }
    return text;
}

}  // namespace

std::string layers_text(const Workload& workload)
{
    Table table{{"layer", Align::left}, {"operator", Align::left}, {"loop sizes", Align::left}, {"MACs"}};
    std::int64_t products = 0;
    std::int64_t others = 0;
    for (const Layer& layer : workload.layers()) {
        (sums_products(layer.operation) ? products : others) += layer.macs();
        table.add({layer.name, layer.operator_type, sizes_text(layer), grouped(layer.macs())});
    }
    table.add_rule();
    table.add({"convolutions and matrix products", "", "", grouped(products)});
    table.add({"pooling and element-wise layers", "", "", grouped(others)});
    std::ostringstream out;
    out << table;
    return out.str();
}

}  // namespace plumbline::validate
