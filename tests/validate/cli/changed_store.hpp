// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "stores/database.hpp"

namespace plumbline::test {

/// What somebody else does to a store.
inline void change(const std::string& store, const std::string& sql)
{
    cli::Database{store, cli::Database::Access::write}.execute(sql);
}

}  // namespace plumbline::test
