// SPDX-License-Identifier: Apache-2.0
#include "sweep/line_store.hpp"

#include <array>
#include <fstream>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "inputs/lists.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/json_text.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kBegin = "{\"schema\":\"plumbline/explore-store/";
constexpr const char* kSchema = "plumbline/explore-store/2";

[[noreturn]] void refuse(SourceLocation where)
{
    throw InputError(std::move(where), R"(cannot be understood, expected {"key": …, "point": …})");
}

/// Understood by `read`, which may find that something is missing.
template <class Read>
auto understood(const SourceLocation& where, const std::string& line, const Read& read)
{
    io::check_json(line, where);
    try {
        return read(Json::parse(line));
    } catch (const Json::exception&) {
        refuse(where);
    }
}

ExploreInputs header(const std::string& path, const std::string& line)
{
    const SourceLocation where{path, 1, {}};
    return understood(where, line, [&](const Json& json) {
        if (json.at("schema") != kSchema)
            throw InputError(where, "is a store of another version, expected \"" + std::string{kSchema} + '"');
        return json.at("inputs").get<ExploreInputs>();
    });
}

ExploreStore::PointNumbers numbers(const Json& point)
{
    const Json& views = point.at("view_energy_pj");
    return {point.at("energy_pj").get<double>(), views.at("dram-only").get<double>(),
            views.at("activations-only").get<double>(), point.at("mac_energy_pj").get<double>(),
            point.at("latency_cycles").get<std::int64_t>()};
}

/// A key is machine, network, mode, tile and cuts. \param space gives the number of a space by its key
ExploreStore::Row row_of(const SourceLocation& where, const Json& json,
                         const std::function<ExploreStore::Space(const std::string&)>& space)
{
    const auto parts = split(json.at("key").get<std::string>(), ' ');
    if (parts.size() != 5) refuse(where);
    const auto tile = tile_size_named(parts[3]);
    if (!tile || !overlap_mode_named(parts[2])) refuse(where);
    const Json& point = json.at("point");
    ExploreStore::Row row{space(parts[0] + ' ' + parts[1]), parts[2], *tile, parts[4], point.dump(), {}};
    if (!point.contains("infeasible")) row.numbers = numbers(point);
    return row;
}

/// The next line that has an end.
bool whole_line(std::ifstream& file, std::string& line) { return std::getline(file, line) && !file.eof(); }

}  // namespace

bool is_line_store(const std::string& path)
{
    std::array<char, kBegin.size()> begin{};
    std::ifstream{path, std::ios::binary}.read(begin.data(), begin.size());
    return std::string_view{begin.data(), begin.size()} == kBegin;
}

ExploreInputs inputs_of_line_store(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::string line;
    if (!whole_line(file, line)) return {};
    return header(path, line);
}

void add_line_store(ExploreStore& store, const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::string line;
    if (!whole_line(file, line)) return;
    store.expect(path, header(path, line));
    store.all_or_nothing([&] {
        for (int number = 2; whole_line(file, line); ++number) {
            const SourceLocation where{path, number, {}};
            const auto space = [&](const std::string& key) { return store.space({key, {}, {}}); };
            store.add(understood(where, line, [&](const Json& json) { return row_of(where, json, space); }));
        }
    });
}

}  // namespace plumbline::cli
