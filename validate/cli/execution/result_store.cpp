// SPDX-License-Identifier: Apache-2.0
#include "execution/result_store.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "plumbline/io/json_text.hpp"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;
using Inputs = ResultStore::Inputs;

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

std::string header_line(const std::string& schema, const Inputs& inputs)
{
    Json header{{"schema", schema}};
    if (!inputs.empty()) header["inputs"] = inputs;
    return header.dump() + '\n';
}

const std::string& value_of(const Inputs& inputs, const std::string& name)
{
    static const std::string nothing = "nothing";
    const auto found = inputs.find(name);
    return found == inputs.end() ? nothing : found->second;
}

void compare(SourceLocation where, const Inputs& stored, const Inputs& wanted)
{
    Inputs names = stored;
    names.insert(wanted.begin(), wanted.end());
    for (const auto& entry : names) {
        const std::string& has = value_of(stored, entry.first);
        const std::string& should = value_of(wanted, entry.first);
        if (has == should) continue;
        where.field = entry.first;
        throw InputError(std::move(where), "the store was begun with '" + has + "', this run has '" + should +
                                               "'; expected the same, or another file");
    }
}

}  // namespace

ResultStore::ResultStore(const std::string& path, Kind kind, Inputs inputs)
    : kind_{std::move(kind)},
      inputs_{std::move(inputs)},
      header_{header_line(kind_.schema, inputs_)},
      file_{path}
{
    std::string lines = file_.content();
    const std::size_t whole = lines.rfind('\n') + 1;  // npos + 1 is 0
    if (whole == 0 && header_.compare(0, lines.size(), lines) != 0) refuse({path, 1, {}});
    lines.resize(whole);
    read(path, lines);
    file_.cut_to(whole);
    if (whole == 0) file_.append(header_);
}

void ResultStore::read(const std::string& path, const std::string& lines)
{
    SourceLocation where{path, 1, {}};
    for (std::size_t begin = 0; begin < lines.size(); ++where.line) {
        const std::size_t end = lines.find('\n', begin);
        const std::string line = lines.substr(begin, end - begin);
        if (where.line == 1)
            read_header(where, line);
        else
            read_result(where, line);
        begin = end + 1;
    }
}

void ResultStore::read_header(const SourceLocation& where, const std::string& line) const
{
    if (line + '\n' == header_) return;
    // Without inputs all stores of a kind begin alike.
    if (inputs_.empty()) refuse(where);
    Inputs stored;
    io::check_json(line, where);
    try {
        const Json header = parse(where, line);
        if (header.at("schema") != kind_.schema) refuse(where);
        stored = header.at("inputs").get<Inputs>();
    } catch (const Json::exception&) {
        refuse(where);
    }
    compare(where, stored, inputs_);
}

void ResultStore::read_result(const SourceLocation& where, const std::string& line)
{
    io::check_json(line, where);
    try {
        const Json json = parse(where, line);
        results_.insert_or_assign(json.at("key").get<std::string>(), Result{where, json.at(kind_.result).dump()});
    } catch (const Json::exception&) {
        throw InputError(where, R"(cannot be understood, expected {"key": …, ")" + kind_.result + R"(": …})");
    }
}

void ResultStore::refuse(SourceLocation where) const
{
    if (inputs_.empty())
        throw InputError(std::move(where), "is no store, expected " + header_.substr(0, header_.size() - 1));
    where.field = "schema";
    throw InputError(std::move(where), "is no store, expected \"" + kind_.schema + '"');
}

const ResultStore::Result* ResultStore::find(const std::string& key) const
{
    const auto found = results_.find(key);
    return found == results_.end() ? nullptr : &found->second;
}

void ResultStore::add(const std::string& key, const std::string& json)
{
    file_.append(Json{{"key", key}, {kind_.result, Json::parse(json)}}.dump() + '\n');
}

}  // namespace plumbline::cli
