// SPDX-License-Identifier: Apache-2.0
#include "html/html_parts.hpp"

#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate {
namespace {

constexpr std::size_t kLongCell = 60;

std::string cell(const char* tag, const std::string& text, Align align)
{
    std::string classes = align == Align::left ? "left" : "";
    if (text.size() > kLongCell) classes += " wide";
    const std::string scope = tag[1] == 'h' ? " scope=\"col\"" : "";
    const std::string attribute = classes.empty() ? "" : " class=\"" + classes + '"';
    return std::string{"<"} + tag + scope + attribute + '>' + escaped(text) + "</" + tag + '>';
}

}  // namespace

std::string escaped(const std::string& text)
{
    std::string html;
    for (char c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '"': html += "&quot;"; break;
            case '\'': html += "&#39;"; break;
            default: html += c;
        }
    }
    return html;
}

std::string script_json(const Json& json)
{
    std::string text;
    for (char c : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (c == '<')
            text += "\\u003c";
        else
            text += c;
    }
    return text;
}

std::string html_facts(const std::vector<std::pair<std::string, std::string>>& facts)
{
    std::string html = "<dl class=\"facts\">\n";
    for (const auto& [name, value] : facts)
        html += "<div><dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd></div>\n";
    return html + "</dl>";
}

std::string html_figure(const Figure& figure, const std::string& prefix)
{
    const std::string id = prefix + '-' + figure.name;
    TextStream html;
    html << "<figure>\n<figcaption><strong>" << escaped(figure.title) << "</strong><span>" << escaped(figure.reading)
         << "</span></figcaption>\n<div class=\"chart\" id=\"" << id << "\" data-spec=\"" << id
         << "-spec\" tabindex=\"0\" role=\"group\" aria-label=\"" << escaped(figure.title)
         << "; arrow keys walk through its points\"></div>\n<script type=\"application/json\" id=\"" << id << "-spec\">"
         << script_json(figure.spec) << "</script>\n</figure>\n";
    return html.str();
}

std::string html_table(const Table& table, const std::string& caption)
{
    std::string html = "<div class=\"scroll\" tabindex=\"0\"";
    if (!caption.empty()) html += " role=\"region\" aria-label=\"" + escaped(caption) + '"';
    html += "><table>\n";
    if (!caption.empty()) html += "<caption>" + escaped(caption) + "</caption>\n";
    html += "<thead><tr>";
    for (const Column& column : table.columns()) html += cell("th", column.header, column.align);
    html += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows()) {
        if (row.empty()) continue;
        html += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) html += cell("td", row[i], table.columns()[i].align);
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

std::string html_table_if_any(const Table& table, const std::string& caption)
{
    return table.empty() ? std::string{} : html_table(table, caption);
}

std::string html_section(const std::string& id, const std::string& heading, const std::string& html)
{
    return "<section>\n<h2 id=\"" + id + "\">" + escaped(heading) + "</h2>\n" + html + "</section>\n";
}

std::string html_inputs(const PageNotes& notes)
{
    Table table{{"input", Align::left}, {"name", Align::left}, {"fingerprint (FNV-1a)", Align::left}};
    for (const PageInput& input : notes.inputs) table.add({input.what, input.name, input.fingerprint});
    return html_facts({{"plumbline", notes.version}}) + html_table_if_any(table, "Files that this page depends on");
}

std::string filled_page(const std::string& skeleton, const PageNotes& notes, const PageAssets& assets,
                        std::map<std::string, std::string> values)
{
    values.insert({{"version", escaped(notes.version)},
                   {"style", assets.style},
                   {"script", assets.script},
                   {"vega", assets.vega}});
    return filled(skeleton, values);
}

std::string filled(const std::string& skeleton, const std::map<std::string, std::string>& values)
{
    std::string text;
    std::size_t at = 0;
    for (std::size_t open = skeleton.find("{{"); open != std::string::npos; open = skeleton.find("{{", at)) {
        const std::size_t close = skeleton.find("}}", open);
        const std::string name = skeleton.substr(open + 2, close - open - 2);
        const auto value = values.find(name);
        if (close == std::string::npos || value == values.end())
            throw InputError("page", "'{{" + name + "}}' has no value; the skeleton is of another version");
        text.append(skeleton, at, open - at).append(value->second);
        at = close + 2;
    }
    return text.append(skeleton, at);
}

}  // namespace plumbline::validate
