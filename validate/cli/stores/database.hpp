// SPDX-License-Identifier: Apache-2.0
// An SQLite file that several processes use at once, and what goes wrong with it in our words.
//
// Written ahead (WAL): who is killed loses what was under way, and nothing that was finished; readers wait for nobody.
//
//     Database database{"points.db", Database::Access::write};
//     Statement insert = database.prepare("INSERT INTO point VALUES (?, ?)");
//     insert.bind(1, 4).bind(2, "h-cached").run();
//     Statement rows = database.prepare("SELECT tile_x FROM point");
//     while (rows.step()) use(rows.integer(0));
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace plumbline::cli {

/// A query with its parameters. Parameters count from 1, columns from 0.
class Statement {
public:
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, double value);
    /// A copy is kept.
    Statement& bind(int parameter, std::string_view value);
    Statement& bind_null(int parameter);

    /// The next row; false behind the last one, from where step() begins again. \throws InputError
    bool step();
    /// Without looking at rows; ready for other parameters. \throws InputError
    void run();
    /// Leaves the rows that were not looked at; others may write again.
    void reset();

    int columns() const;
    std::string name(int column) const;
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double number(int column) const;
    std::string text(int column) const;

private:
    friend class Database;
    struct Close {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(const std::string& path, sqlite3_stmt* statement) : path_{path}, statement_{statement} {}
    [[noreturn]] void fail() const;

    std::string path_;
    std::unique_ptr<sqlite3_stmt, Close> statement_;
};

class Database {
public:
    enum class Access : std::uint8_t {
        read,   ///< of a file that exists
        write,  ///< of a file that is begun where there is none
    };

    /// \throws InputError where the file cannot be opened
    Database(std::string path, Access access);

    const std::string& path() const { return path_; }
    /// \param sql one query \throws InputError
    Statement prepare(std::string_view sql) const;
    /// Whether that is one query without parameters, of columns that there are, which ends and stays small: it calls none but
    /// plain functions of values, and itself not.
    bool understands(const std::string& sql) const;
    /// \param sql queries without parameters \throws InputError
    void execute(const std::string& sql) const;
    /// A number that SQLite keeps in the file: "user_version", "application_id".
    std::int64_t pragma(const std::string& name) const;
    /// Rows that the last query added, changed or removed.
    int changes() const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };

    void open(const std::string& name, int flags);

    std::string path_;
    std::unique_ptr<sqlite3, Close> database_;
};

/// All or nothing of what is written while it lives; where it is not committed, nothing.
class Transaction {
public:
    /// Other writers wait from here on. \throws InputError
    explicit Transaction(const Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// \throws InputError
    void commit();

private:
    const Database& database_;
    bool open_ = true;
};

}  // namespace plumbline::cli
