// SPDX-License-Identifier: Apache-2.0
#include "sweep/explore_store.hpp"

#include <filesystem>
#include <utility>

#include "execution/fingerprint.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/validate/explored_point.hpp"
#include "stores/store_file.hpp"
#include "sweep/line_store.hpp"
#include "sweep/store_schema.hpp"

namespace plumbline::cli {
namespace {

const StoreKind kKind{kStoreApplication, kStoreVersion, kStoreSchema, "explored points"};

/// Lines of JSON are what stores were.
void check_file(const std::string& path)
{
    check_store_file(path);
    if (std::filesystem::exists(path) && is_line_store(path))
        throw InputError{SourceLocation{path, 0, {}},
                         "is a store of lines, as versions before had it; `plumbline merge NEW.db " + path +
                             "` makes a store of it that can be used"};
}

void insert_inputs(const Database& database, const ExploreInputs& inputs)
{
    Statement insert = database.prepare("INSERT INTO input VALUES (?, ?)");
    for (const auto& [name, value] : inputs) insert.bind(1, name).bind(2, value).run();
}

/// Stores begun by versions before do not say of which formulas they are.
ExploreInputs as_far_as_told(ExploreInputs wanted, const ExploreInputs& stored)
{
    if (stored.count("formulas") == 0) wanted.erase("formulas");
    return wanted;
}

Database opened(const std::string& path, const ExploreInputs& inputs)
{
    check_file(path);
    Database database = open_store(path, kKind, [&](const Database& begun) { insert_inputs(begun, inputs); });
    const ExploreInputs stored = inputs_of(database);
    compare_inputs(path, stored, as_far_as_told(inputs, stored));
    return database;
}

Statement& bind(Statement& statement, const ExploreStore::Row& row)
{
    return statement.bind(1, row.space).bind(2, row.cut_rule).bind(3, row.mode).bind(4, row.tile.x).bind(5, row.tile.y);
}

ExploreStore::Row row_of(ExploreStore::Space space, const DesignPoint& point)
{
    return {space, std::string{name_of(point.mode)}, point.tile, io::to_text(point.cuts), {}, {}};
}

ExploreStore::PointNumbers numbers_of(const CostSummary& cost)
{
    return {cost.energy().count(), cost.energy(CostView::dram_only).count(),
            cost.energy(CostView::activations_only).count(), cost.mac_energy.count(), cost.latency().count()};
}

void bind_numbers(Statement& add, const std::optional<ExploreStore::PointNumbers>& numbers)
{
    if (!numbers) {
        for (int parameter = 7; parameter <= 11; ++parameter) add.bind_null(parameter);
        return;
    }
    add.bind(7, numbers->energy)
        .bind(8, numbers->dram_energy)
        .bind(9, numbers->activation_energy)
        .bind(10, numbers->mac_energy)
        .bind(11, numbers->latency);
}

std::string name_of(const ExploreStore::Row& row)
{
    return row.mode + ' ' + plumbline::name_of(row.tile) + ' ' + row.cut_rule;
}

}  // namespace

Database read_store(const std::string& path)
{
    check_file(path);
    return read_store(path, kKind);
}

ExploreInputs inputs_of(const Database& store)
{
    ExploreInputs inputs;
    Statement rows = store.prepare("SELECT name, value FROM input");
    while (rows.step()) inputs[rows.text(0)] = rows.text(1);
    return inputs;
}

ExploreStore::ExploreStore(const std::string& path, const ExploreInputs& inputs)
    : database_{opened(path, inputs)},
      find_{database_.prepare("SELECT result FROM point WHERE space = ? AND cut_rule = ? AND mode = ? AND tile_x = ? "
                              "AND tile_y = ?")},
      add_{database_.prepare(
          "INSERT OR IGNORE INTO point (space, cut_rule, mode, tile_x, tile_y, result, energy_pj, dram_energy_pj, "
          "activation_energy_pj, mac_energy_pj, latency_cycles) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")}
{}

ExploreStore::Space ExploreStore::space(const SpaceNames& names)
{
    const auto space = static_cast<Space>(std::stoull(fingerprint(names.key), nullptr, 16));
    // Stores of lines did not know the names.
    Statement insert = database_.prepare(
        "INSERT INTO space VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET accelerator = excluded.accelerator, "
        "workload = excluded.workload WHERE accelerator = ''");
    insert.bind(1, space).bind(2, names.key).bind(3, names.accelerator).bind(4, names.workload).run();
    return space;
}

bool ExploreStore::has(Space space, const DesignPoint& point)
{
    const bool has = bind(find_, row_of(space, point)).step();
    find_.reset();
    return has;
}

std::optional<ExploredPoint> ExploreStore::find(Space space, const Accelerator& accelerator, const DesignPoint& point)
{
    const Row row = row_of(space, point);
    if (!bind(find_, row).step()) return std::nullopt;
    const std::string result = find_.text(0);
    find_.reset();
    try {
        return validate::explored_point_from_json(accelerator, point, result);
    } catch (const InputError& error) {
        throw InputError(SourceLocation{database_.path(), 0, name_of(row)}, error.problem());
    }
}

void ExploreStore::add(Space space, const Accelerator& accelerator, const ExploredPoint& point)
{
    Row row = row_of(space, point.point);
    row.result = validate::to_json(accelerator, point);
    if (point.cost) row.numbers = numbers_of(*point.cost);
    add(row);
}

void ExploreStore::add(const Row& row)
{
    bind_numbers(bind(add_, row).bind(6, row.result), row.numbers);
    add_.run();
    if (database_.changes() > 0) return;
    // Somebody else added it in the meantime: then it is the same.
    const bool same = bind(find_, row).step() && find_.text(0) == row.result;
    find_.reset();
    if (!same)
        throw InputError(SourceLocation{database_.path(), 0, name_of(row)},
                         "has another result, expected the same from the same inputs");
}

void ExploreStore::add_all(const Database& other)
{
    expect(other.path(), inputs_of(other));
    all_or_nothing([&] { copy(other); });
}

void ExploreStore::all_or_nothing(const std::function<void()>& work)
{
    Transaction all{database_};
    work();
    all.commit();
}

void ExploreStore::expect(const std::string& where, const ExploreInputs& inputs) const
{
    compare_inputs(where, inputs, inputs_of(database_));
}

void ExploreStore::copy(const Database& other)
{
    Statement spaces = other.prepare("SELECT key, accelerator, workload FROM space");
    while (spaces.step()) space({spaces.text(0), spaces.text(1), spaces.text(2)});
    Statement rows = other.prepare(
        "SELECT space, mode, tile_x, tile_y, cut_rule, result, energy_pj, dram_energy_pj, activation_energy_pj, "
        "mac_energy_pj, latency_cycles FROM point");
    while (rows.step()) {
        Row row{rows.integer(0), rows.text(1), {rows.integer(2), rows.integer(3)}, rows.text(4), rows.text(5), {}};
        if (!rows.is_null(6))
            row.numbers = {rows.number(6), rows.number(7), rows.number(8), rows.number(9), rows.integer(10)};
        add(row);
    }
}

}  // namespace plumbline::cli
