// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/zigzag_result.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "json/json_field.hpp"

#include "text_file.hpp"

namespace plumbline::io {
namespace {

double stated_amount(const JsonField& field)
{
    const double value = field.number();
    if (!std::isfinite(value) || value < 0) field.fail("is negative, expected at least 0");
    return value;
}

/// "4waydatamoving (rd ^: 0, wr v: 16, rd v: 32, wr ^: 8)", where the arrows of some versions are spelled "/\" and "V".
PerDirection<double> written_out(const JsonField& field)
{
    constexpr std::array<Direction, 4> kOrder{Direction::read_up, Direction::write_from_up, Direction::read_down,
                                              Direction::write_from_down};
    constexpr std::array<std::string_view, 4> kVerbs{"rd ", "wr ", "rd ", "wr "};
    const std::string text = field.text();
    PerDirection<double> found;
    std::size_t at = 0;
    for (std::size_t i = 0; i < kOrder.size(); ++i) {
        const std::size_t verb = text.find(kVerbs[i], at);
        const std::size_t colon = verb == std::string::npos ? verb : text.find(": ", verb);
        double value = -1;
        if (colon != std::string::npos) {
            const auto [end, error] = std::from_chars(text.data() + colon + 2, text.data() + text.size(), value);
            if (error != std::errc{}) value = -1;
            at = static_cast<std::size_t>(end - text.data());
        }
        if (!(value >= 0)) field.fail("is '" + text + "', expected four amounts such as '(rd ^: 0, wr v: 1, …)'");
        found[kOrder[i]] = value;
    }
    return found;
}

PerDirection<double> four_ways(const JsonField& field)
{
    if (field.is_text()) return written_out(field);
    return {stated_amount(field.at("rd_out_to_low")), stated_amount(field.at("wr_in_by_low")),
            stated_amount(field.at("rd_out_to_high")), stated_amount(field.at("wr_in_by_high"))};
}

/// Of the operands that ZigZag's own workloads use.
std::string conventional(const std::string& operand, const JsonField& field)
{
    if (operand == "O") return "O";
    if (operand == "I") return "I1";
    if (operand == "W") return "I2";
    field.fail("nothing says which memory operand '" + operand + "' is, expected inputs.layer.memory_operand_links");
}

std::vector<ZigzagOperand> operands_of(const JsonField& accesses, const std::optional<JsonField>& links)
{
    std::vector<ZigzagOperand> found;
    for (const auto& [name, levels] : accesses.entries()) {
        ZigzagOperand operand{name, links ? links->at(name).text() : conventional(name, levels), {}};
        for (const JsonField& level : levels.items()) operand.word_accesses.push_back(four_ways(level));
        found.push_back(std::move(operand));
    }
    return found;
}

ZigzagResult result_of(const JsonField& root, int line)
{
    const JsonField outputs = root.at("outputs");
    const JsonField latency = outputs.at("latency");
    const auto layer = root.at("inputs").find("layer");
    ZigzagResult result;
    result.line = line;
    std::optional<JsonField> links;
    if (layer && layer->is_object()) {
        result.layer = layer->at("name").text();
        links = layer->find("memory_operand_links");
    }
    result.operands = operands_of(outputs.at("memory").at("word_accesses"), links);
    result.energy_pj = stated_amount(outputs.at("energy").at("energy_total"));
    result.onloading = stated_amount(latency.at("data_onloading"));
    result.computation = stated_amount(latency.at("computation"));
    result.offloading = stated_amount(latency.at("data_offloading"));
    return result;
}

}  // namespace

std::vector<ZigzagResult> read_zigzag_results(const std::string& path)
{
    const JsonDocument document{read_text(path, kMostJsonBytes), path};
    const JsonField root{document};
    std::vector<ZigzagResult> results;
    if (root.is_object()) return {result_of(root, root.line())};
    for (const JsonField& each : root.items()) results.push_back(result_of(each, root.line_of_item(results.size())));
    return results;
}

}  // namespace plumbline::io
