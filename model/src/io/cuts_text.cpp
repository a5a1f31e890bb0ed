// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"

#include <sstream>

#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

LayerId layer_called(const std::string& text, const Workload& workload, const std::string& field)
{
    for (const Layer& layer : workload.layers())
        if (layer.name == text || std::to_string(layer.id) == text) return layer.id;
    throw InputError(field, "'" + text + "' is no layer of " + workload.name() +
                                ", expected auto, none, each, or ids or names of layers");
}

}  // namespace

Cuts parse_cuts(const std::string& text, const Workload& workload, const std::string& field)
{
    if (text == "auto") return {Cuts::Kind::automatic, {}};
    if (text == "none") return {Cuts::Kind::none, {}};
    if (text == "each") return {Cuts::Kind::each, {}};
    Cuts cuts{Cuts::Kind::given, {}};
    std::istringstream list{text};
    for (std::string name; std::getline(list, name, ',');) cuts.after.push_back(layer_called(name, workload, field));
    return cuts;
}

}  // namespace plumbline::io
