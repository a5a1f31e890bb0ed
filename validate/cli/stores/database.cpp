// SPDX-License-Identifier: Apache-2.0
#include "stores/database.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

/// Other processes hold the file for moments only; one that was stopped may hold it for ever.
constexpr int kPatience = 60000;  // milliseconds

/// \param code extended
std::string problem_of(int code)
{
    switch (code & 0xff) {
        case SQLITE_FULL: return "cannot be written: the disk is full";
        case SQLITE_READONLY: return "cannot be written: it is read-only";
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return "cannot be used: another process has held it for a minute";
        case SQLITE_CANTOPEN: return "cannot be opened, nor begun, as a store";
        case SQLITE_PERM:
        case SQLITE_AUTH: return "cannot be used: that is not permitted";
        case SQLITE_NOTADB: return "is no store";
        case SQLITE_CORRUPT: return "is a broken store";
        case SQLITE_IOERR: return "cannot be read or written: the disk is full, or fails";
        default: return "cannot be used as a store (SQLite code " + std::to_string(code) + ")";
    }
}

[[noreturn]] void fail(const std::string& path, int code)
{
    if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc{};
    throw InputError{SourceLocation{path, 0, {}}, problem_of(code)};
}

/// What conditions may call: nothing that makes values of any size, or loads code.
constexpr std::array<std::string_view, 22> kPlainFunctions{
    "abs",   "avg", "coalesce", "count",  "glob",  "ifnull", "iif",    "instr", "length", "like", "lower",
    "ltrim", "max", "min",      "nullif", "round", "rtrim",  "substr", "sum",   "total",  "trim", "upper"};

/// \param view that asks, whose functions are our own
int authorize(void*, int action, const char*, const char* name, const char*, const char* view)
{
    if (action == SQLITE_SELECT || action == SQLITE_READ) return SQLITE_OK;
    if (action == SQLITE_FUNCTION && view != nullptr) return SQLITE_OK;
    const bool plain =
        action == SQLITE_FUNCTION && name != nullptr &&
        std::find(kPlainFunctions.begin(), kPlainFunctions.end(), std::string_view{name}) != kPlainFunctions.end();
    return plain ? SQLITE_OK : SQLITE_DENY;
}

/// Of a file, as SQLite reads it from an URI.
std::string uri_of(const std::string& path)
{
    std::string uri = "file:";
    for (const char each : path) {
        if (each == '%' || each == '?' || each == '#') {
            constexpr std::string_view kDigits = "0123456789abcdef";
            const auto code = static_cast<unsigned char>(each);
            uri += {'%', kDigits[code / 16U], kDigits[code % 16U]};
        } else {
            uri += each;
        }
    }
    return uri;
}

/// Whether this reader cannot write beside the file, as those of a file that is written ahead do, and nobody has it open to write: who
/// has, keeps a file of what is ahead.
bool is_out_of_reach(sqlite3* database, const std::string& path)
{
    const int code = sqlite3_exec(database, "SELECT 1 FROM sqlite_schema", nullptr, nullptr, nullptr) & 0xff;
    if (code != SQLITE_READONLY && code != SQLITE_CANTOPEN) return false;
    std::error_code unreadable;
    return !std::filesystem::exists(path + "-wal", unreadable) && !unreadable;
}

}  // namespace

void Statement::Close::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Statement::fail() const
{
    const int code = sqlite3_extended_errcode(sqlite3_db_handle(statement_.get()));
    sqlite3_reset(statement_.get());
    cli::fail(path_, code);
}

Statement& Statement::bind(int parameter, std::int64_t value)
{
    if (sqlite3_bind_int64(statement_.get(), parameter, value) != SQLITE_OK) fail();
    return *this;
}

Statement& Statement::bind(int parameter, double value)
{
    if (sqlite3_bind_double(statement_.get(), parameter, value) != SQLITE_OK) fail();
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view value)
{
    if (sqlite3_bind_text64(statement_.get(), parameter, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
        SQLITE_OK)
        fail();
    return *this;
}

Statement& Statement::bind_null(int parameter)
{
    if (sqlite3_bind_null(statement_.get(), parameter) != SQLITE_OK) fail();
    return *this;
}

bool Statement::step()
{
    switch (sqlite3_step(statement_.get())) {
        case SQLITE_ROW: return true;
        case SQLITE_DONE: sqlite3_reset(statement_.get()); return false;
        default: fail();
    }
}

void Statement::run()
{
    while (step()) {}
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

int Statement::columns() const { return sqlite3_column_count(statement_.get()); }
std::string Statement::name(int column) const { return sqlite3_column_name(statement_.get(), column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::number(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string Statement::text(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return text == nullptr
               ? std::string{}
               : std::string{text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

Database::Database(std::string path, Access access) : path_{std::move(path)}
{
    const int flags = access == Access::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    open(path_, flags);
    if (access == Access::read && is_out_of_reach(database_.get(), path_))
        open(uri_of(path_) + "?immutable=1", flags | SQLITE_OPEN_URI);
    sqlite3_busy_timeout(database_.get(), kPatience);
}

void Database::open(const std::string& name, int flags)
{
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &opened, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK) fail(path_, code);
}

Statement Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) fail(path_, sqlite3_extended_errcode(database_.get()));
    return {path_, statement};
}

bool Database::understands(const std::string& sql) const
{
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    sqlite3_set_authorizer(database_.get(), authorize, nullptr);
    const int code = sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, &rest);
    sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
    const Statement owner{path_, statement};
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_ERROR && (code & 0xff) != SQLITE_AUTH) fail(path_, code);
    return code == SQLITE_OK && *rest == '\0' && sqlite3_bind_parameter_count(statement) == 0;
}

void Database::execute(const std::string& sql) const
{
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(path_, sqlite3_extended_errcode(database_.get()));
}

std::int64_t Database::pragma(const std::string& name) const
{
    Statement statement = prepare("PRAGMA " + name);
    return statement.step() ? statement.integer(0) : 0;
}

int Database::changes() const { return sqlite3_changes(database_.get()); }

Transaction::Transaction(const Database& database) : database_{database} { database.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction()
{
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const std::exception&) {
        // SQLite has rolled back by itself, as on a full disk.
    }
}

void Transaction::commit()
{
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace plumbline::cli
