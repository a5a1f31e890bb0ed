// SPDX-License-Identifier: Apache-2.0
// Opens SQLite files of ours: is this the kind of store that is wanted, or may one begin here?
//
//     Database store = open_store("points.db", {kExploreStore, 3, kSchema}, [&](const Database& begun) { … });
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "stores/database.hpp"

namespace plumbline::cli {

/// What tells files of one kind from others.
struct StoreKind {
    std::int64_t application = 0;  ///< as SQLite's application_id
    std::int64_t version = 0;      ///< of its tables
    const char* schema = "";       ///< SQL that makes these
    const char* holds = "";        ///< for people: "explored points"
};

/// Refuses what is no regular file: a device or a folder would be harmed, or wait for ever. \throws InputError
void check_store_file(const std::string& path);

/// For writing. Where there is none, one begins: `begin` is called with its empty tables.
/// \throws InputError where the file is another kind of store, or cannot be written
Database open_store(const std::string& path, const StoreKind& kind,
                    const std::function<void(const Database& begun)>& begin = {});

/// For queries. \throws InputError where the file is no store of this kind and version
Database read_store(const std::string& path, const StoreKind& kind);

}  // namespace plumbline::cli
