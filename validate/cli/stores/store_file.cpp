// SPDX-License-Identifier: Apache-2.0
#include "stores/store_file.hpp"

#include <chrono>
#include <filesystem>
#include <thread>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

/// A refusal of the file as it is.
[[noreturn]] void refuse(const std::string& path, const std::string& problem)
{
    throw InputError{SourceLocation{path, 0, {}}, problem};
}

bool has_tables(const Database& database)
{
    Statement tables = database.prepare("SELECT 1 FROM sqlite_schema");
    return tables.step();
}

/// Whether there is such a store in the file; a file without anything is none yet.
bool is_begun(const Database& database, const StoreKind& kind)
{
    // Another process may begin it meanwhile. What is begun says of what, so that is read after what there is.
    const bool empty = !has_tables(database);
    const std::int64_t application = database.pragma("application_id");
    if (application == 0 && empty) return false;
    if (application != kind.application)
        refuse(database.path(), std::string{"is a database of something else, expected a store of "} + kind.holds);
    const std::int64_t version = database.pragma("user_version");
    if (version != kind.version)
        refuse(database.path(), "is a store of version " + std::to_string(version) + ", expected " +
                                    std::to_string(kind.version) + "; what wrote it can read it, or begin another");
    return true;
}

/// Whoever else has the file open must let go of it for a moment.
void write_ahead(const Database& database)
{
    constexpr int kAttempts = 500;
    constexpr std::chrono::milliseconds kPause{20};
    for (int attempt = 1;; ++attempt) {
        try {
            database.execute("PRAGMA journal_mode = WAL");
            return;
        } catch (const InputError&) {
            if (attempt == kAttempts) throw;
        }
        std::this_thread::sleep_for(kPause);
    }
}

void begin_store(const Database& database, const StoreKind& kind, const std::function<void(const Database&)>& begin)
{
    Transaction all{database};
    // Another process may have been faster.
    if (!is_begun(database, kind)) {
        database.execute(kind.schema);
        if (begin) begin(database);
        database.execute("PRAGMA application_id = " + std::to_string(kind.application));
        database.execute("PRAGMA user_version = " + std::to_string(kind.version));
    }
    all.commit();
}

}  // namespace

void check_store_file(const std::string& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        refuse(path, "is no regular file, expected a store");
}

Database open_store(const std::string& path, const StoreKind& kind, const std::function<void(const Database&)>& begin)
{
    check_store_file(path);
    Database database{path, Database::Access::write};
    const bool begun = is_begun(database, kind);
    write_ahead(database);
    // What is written survives this process, whatever becomes of it.
    database.execute("PRAGMA synchronous = NORMAL");
    if (!begun) begin_store(database, kind, begin);
    return database;
}

Database read_store(const std::string& path, const StoreKind& kind)
{
    check_store_file(path);
    Database database{path, Database::Access::read};
    if (!is_begun(database, kind)) refuse(path, "is no store");
    return database;
}

}  // namespace plumbline::cli
