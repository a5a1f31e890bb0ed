// SPDX-License-Identifier: Apache-2.0
#include "tasks/result_lines.hpp"

#include <fstream>
#include <utility>

#include <nlohmann/json.hpp>

#include "plumbline/io/json_text.hpp"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;

/// A line of a store is shallow; what is deeper was not written by one.
Json parse(const SourceLocation& where, const std::string& line)
{
    constexpr int kDeepest = 32;
    const auto check = [&where](int depth, Json::parse_event_t, const Json&) {
        if (depth > kDeepest) throw InputError(where, "is nested too deeply, expected the line of a store");
        return true;
    };
    return Json::parse(line, check);
}

}  // namespace

std::string result_header(const std::string& schema) { return Json{{"schema", schema}}.dump() + '\n'; }

std::string result_schema_of(const std::string& path)
{
    constexpr std::streamsize kLongest = 100;  // of any header
    char line[kLongest] = {};
    std::ifstream file{path, std::ios::binary};
    if (!file.getline(line, kLongest)) return {};
    const Json header = Json::parse(line, nullptr, false);
    const auto schema = header.is_object() ? header.find("schema") : header.end();
    return schema == header.end() || !schema->is_string() ? std::string{} : schema->get<std::string>();
}

ResultLines::ResultLines(const std::string& path, const std::string& text, const std::string& schema)
    : size_{text.rfind('\n') + 1}  // npos + 1 is 0
{
    const std::string header = result_header(schema);
    SourceLocation where{path, 1, {}};
    const bool begun =
        size_ == 0 ? header.compare(0, text.size(), text) == 0 : text.compare(0, header.size(), header) == 0;
    if (!begun) throw InputError(std::move(where), "is no store, expected " + header.substr(0, header.size() - 1));
    for (std::size_t begin = header.size(); begin < size_;) {
        ++where.line;
        const std::size_t end = text.find('\n', begin);
        add(where, text.substr(begin, end - begin));
        begin = end + 1;
    }
}

void ResultLines::add(const SourceLocation& where, const std::string& line)
{
    io::check_json(line, where);
    try {
        const Json json = parse(where, line);
        StoredResult result{where, json.at("key").get<std::string>(), json.at("run").dump()};
        numbers_.insert_or_assign(result.key, results_.size());
        results_.push_back(std::move(result));
    } catch (const Json::exception&) {
        throw InputError(where, R"(cannot be understood, expected {"key": …, "run": …})");
    }
}

const StoredResult* ResultLines::find(const std::string& key) const
{
    const auto found = numbers_.find(key);
    return found == numbers_.end() ? nullptr : &results_[found->second];
}

}  // namespace plumbline::cli
