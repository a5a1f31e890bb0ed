// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"

#include <optional>
#include <sstream>

#include "plumbline/error.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::io {
namespace {

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream all{text};
    for (std::string part; std::getline(all, part, separator);) parts.push_back(part);
    return parts;
}

std::optional<Cuts::Kind> keyword(const std::string& text)
{
    if (text == "auto") return Cuts::Kind::automatic;
    if (text == "none") return Cuts::Kind::none;
    if (text == "each") return Cuts::Kind::each;
    return std::nullopt;
}

LayerId layer_called(const std::string& text, const Workload& workload, const std::string& field)
{
    for (const Layer& layer : workload.layers())
        if (layer.name == text || std::to_string(layer.id) == text) return layer.id;
    if (keyword(text)) throw InputError(field, '\'' + text + "' stands alone, expected no other cuts beside it");
    std::vector<std::string_view> known{"auto", "none", "each"};
    for (const Layer& layer : workload.layers()) known.push_back(layer.name);
    // A number is near to any other, which says nothing of what was meant.
    const bool number = text.find_first_not_of("0123456789") == std::string::npos;
    const bool misspelt = !number && !nearest_name(text, known).empty();
    throw InputError(
        field, "'" + text + "' is no layer of " + workload.name() +
                   (misspelt ? suggestion(text, known) : ", expected auto, none, each, or ids or names of layers"));
}

}  // namespace

Cuts parse_cuts(const std::string& text, const Workload& workload, const std::string& field)
{
    if (const auto kind = keyword(text)) return {*kind, {}};
    Cuts cuts{Cuts::Kind::given, {}};
    for (const std::string& name : split(text, ',')) cuts.after.push_back(layer_called(name, workload, field));
    return cuts;
}

std::vector<Cuts> parse_cut_alternatives(const std::string& text, const Workload& workload, const std::string& field)
{
    std::vector<Cuts> alternatives;
    for (const std::string& alternative : split(text, ';')) {
        std::string layers;
        for (const std::string& part : split(alternative, ',')) {
            if (const auto kind = keyword(part))
                alternatives.push_back({*kind, {}});
            else
                layers += (layers.empty() ? "" : ",") + part;
        }
        if (!layers.empty()) alternatives.push_back(parse_cuts(layers, workload, field));
    }
    if (alternatives.empty())
        throw InputError(field, "'" + text + "' names no cuts, expected for example auto;none;3,7");
    return alternatives;
}

std::string to_text(const Cuts& cuts)
{
    switch (cuts.kind) {
        case Cuts::Kind::automatic: return "auto";
        case Cuts::Kind::none: return "none";
        case Cuts::Kind::each: return "each";
        case Cuts::Kind::given: break;
    }
    std::string layers;
    for (LayerId id : cuts.after) layers += (layers.empty() ? "" : ",") + std::to_string(id);
    return layers;
}

}  // namespace plumbline::io
