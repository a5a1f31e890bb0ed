// SPDX-License-Identifier: Apache-2.0
#include "stores/mapping_database.hpp"

#include <charconv>
#include <string_view>

#include "plumbline/error.hpp"
#include "plumbline/formulas.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "stores/store_file.hpp"

namespace plumbline::cli {
namespace {

/// "Plma"
constexpr std::int64_t kApplication = 0x506c6d61;
constexpr std::int64_t kVersion = 1;

/// Ranges tell results of one problem apart: any two overlap, or another run has had the same one.
constexpr const char* kSchema = R"sql(
CREATE TABLE search (id INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE);
CREATE TABLE solved (
    search INTEGER NOT NULL,
    problem TEXT NOT NULL,
    ranges TEXT NOT NULL,
    mapping TEXT,
    infeasible TEXT,
    orders INTEGER NOT NULL,
    gap REAL,
    PRIMARY KEY (search, problem, ranges)) WITHOUT ROWID;
)sql";

const StoreKind kKind{kApplication, kVersion, kSchema, "mappings"};

std::int64_t search_row(const Database& database, const std::string& content)
{
    const std::string key = content + "\nformulas " + std::string{formulas_version()};
    database.prepare("INSERT INTO search (content) VALUES (?) ON CONFLICT DO NOTHING").bind(1, key).run();
    Statement row = database.prepare("SELECT id FROM search WHERE content = ?");
    row.bind(1, key).step();
    return row.integer(0);
}

template <class Value>
void append(std::string& text, const Value& value)
{
    text += std::to_string(value) + ' ';
}

/// Of what problems differ in but for what is reserved.
std::string text_of(const MappingProblem& problem)
{
    std::string text;
    append(text, problem.layer->id);
    for (const LoopDim dim : kAllLoopDims) append(text, problem.sizes[dim]);
    for (const std::vector<MemoryId>& levels : problem.levels) {
        text += "levels ";
        for (const MemoryId memory : levels) append(text, memory);
    }
    for (const std::vector<AxisPadding>& axes : problem.padding) {
        text += "padding ";
        for (const AxisPadding& each : axes) {
            append(text, each.before);
            append(text, each.behind);
            append(text, each.phase);
        }
    }
    text += name_of(problem.capacity);
    if (problem.staying_weights) text += " staying " + std::to_string(*problem.staying_weights);
    return text;
}

/// Pairs of numbers, memory by memory.
std::string text_of(const CapacityRanges& ranges)
{
    std::string text;
    for (const CapacityRange& range : ranges) {
        append(text, range.least);
        append(text, range.beyond);
    }
    return text;
}

/// \param where the store \throws InputError
CapacityRanges ranges_of(std::string_view text, const std::string& where)
{
    CapacityRanges ranges;
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto number = [&] {
        std::int64_t value = 0;
        const auto [behind, error] = std::from_chars(at, end, value);
        if (error != std::errc{} || behind == end || *behind != ' ')
            throw InputError(SourceLocation{where, 0, "ranges"}, "expected pairs of integers");
        at = behind + 1;
        return value;
    };
    while (at != end) {
        const std::int64_t least = number();
        ranges.push_back({least, number()});
    }
    return ranges;
}

}  // namespace

MappingDatabase::MappingDatabase(const std::string& path, const std::string& content)
    : database_{open_store(path, kKind)},
      search_{search_row(database_, content)},
      find_{database_.prepare(
          "SELECT ranges, mapping, infeasible, orders, gap FROM solved WHERE search = ? AND problem = ?")},
      keep_{database_.prepare("INSERT INTO solved VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")}
{}

std::vector<SolvedMapping> MappingDatabase::find(const MappingProblem& problem)
{
    std::vector<SolvedMapping> all;
    find_.bind(1, search_).bind(2, text_of(problem));
    while (find_.step()) {
        SolvedMapping solved{
            ranges_of(find_.text(0), database_.path()), Infeasible{find_.text(2)}, find_.integer(3), {}};
        if (!find_.is_null(1))
            solved.mapping =
                io::mapping_from_json(find_.text(1), database_.path(), *problem.accelerator, *problem.layer);
        if (!find_.is_null(4)) solved.gap = find_.number(4);
        all.push_back(std::move(solved));
    }
    return all;
}

void MappingDatabase::keep(const MappingProblem& problem, const SolvedMapping& solved)
{
    keep_.bind(1, search_).bind(2, text_of(problem)).bind(3, text_of(solved.ranges)).bind(6, solved.orders);
    if (solved.mapping)
        keep_.bind(4, io::to_json(*solved.mapping, *problem.accelerator)).bind_null(5);
    else
        keep_.bind_null(4).bind(5, solved.mapping.reason());
    solved.gap ? keep_.bind(7, *solved.gap) : keep_.bind_null(7);
    keep_.run();
}

}  // namespace plumbline::cli
