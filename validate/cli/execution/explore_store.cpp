// SPDX-License-Identifier: Apache-2.0
#include "execution/explore_store.hpp"

#include <sstream>
#include <utility>

#include <nlohmann/json.hpp>

#include "plumbline/validate/explored_point.hpp"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;
using Inputs = ExploreStore::Inputs;

constexpr const char* kSchema = "plumbline/explore-store/1";

std::string key_of(const ExploreStore::Space& space, const DesignPoint& point)
{
    return space.name + ' ' + std::string{name_of(point.mode)} + ' ' + std::to_string(point.tile.x) + 'x' +
           std::to_string(point.tile.y) + ' ' + validate::cut_rule(point.cuts);
}

std::string header_line(const Inputs& inputs) { return Json{{"schema", kSchema}, {"inputs", inputs}}.dump() + '\n'; }

[[noreturn]] void refuse(SourceLocation where)
{
    where.field = "schema";
    throw InputError(std::move(where), std::string{"is no store, expected \""}.append(kSchema).append("\""));
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
        std::ostringstream problem;
        problem << "the store was begun with '" << has << "', this run has '" << should
                << "'; expected the same, or another file";
        throw InputError(std::move(where), problem.str());
    }
}

void check_header(const SourceLocation& where, const std::string& line, const Inputs& inputs)
{
    Inputs stored;
    try {
        const Json header = Json::parse(line);
        if (header.at("schema") != kSchema) refuse(where);
        stored = header.at("inputs").get<Inputs>();
    } catch (const Json::exception&) {
        refuse(where);
    }
    compare(where, stored, inputs);
}

}  // namespace

ExploreStore::ExploreStore(const std::string& path, const Inputs& inputs) : path_{path}, file_{path}
{
    const std::string header = header_line(inputs);
    std::string lines = file_.content();
    const std::size_t whole = lines.rfind('\n') + 1;  // npos + 1 is 0
    if (whole == 0 && header.compare(0, lines.size(), lines) != 0) refuse({path_, 1, {}});
    lines.resize(whole);
    read(lines, inputs);
    file_.cut_to(whole);
    if (whole == 0) file_.append(header);
}

void ExploreStore::read(const std::string& lines, const Inputs& inputs)
{
    SourceLocation where{path_, 1, {}};
    for (std::size_t begin = 0; begin < lines.size(); ++where.line) {
        const std::size_t end = lines.find('\n', begin);
        const std::string line = lines.substr(begin, end - begin);
        if (where.line == 1)
            check_header(where, line, inputs);
        else
            read_point(where, line);
        begin = end + 1;
    }
}

void ExploreStore::read_point(const SourceLocation& where, const std::string& line)
{
    try {
        const Json json = Json::parse(line);
        points_.insert_or_assign(json.at("key").get<std::string>(), StoredPoint{where, json.at("point").dump()});
    } catch (const Json::exception&) {
        throw InputError(where, R"(cannot be understood, expected {"key": …, "point": …})");
    }
}

std::optional<ExploredPoint> ExploreStore::find(const Space& space, const DesignPoint& point) const
{
    const auto found = points_.find(key_of(space, point));
    if (found == points_.end()) return std::nullopt;
    try {
        return validate::explored_point_from_json(space.accelerator, point, found->second.json);
    } catch (const InputError& error) {
        SourceLocation where = found->second.where;
        where.field = error.where().field;
        throw InputError(std::move(where), error.problem());
    }
}

void ExploreStore::add(const Space& space, const ExploredPoint& point)
{
    const Json line{{"key", key_of(space, point.point)},
                    {"point", Json::parse(validate::to_json(space.accelerator, point))}};
    file_.append(line.dump() + '\n');
}

}  // namespace plumbline::cli
