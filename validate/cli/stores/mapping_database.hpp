// SPDX-License-Identifier: Apache-2.0
// Mapping problems that were solved in any run, in an SQLite file that several processes may write to at once.
//
// A problem is known again by what it depends on: the contents of the files that describe it, the options of the search,
// and the formulas of this build. So one file serves all accelerators and networks, and no result of other formulas is used.
//
//     MappingDatabase known{"mappings.db", content};
//     MappingCache mappings{&known};
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plumbline/mapping_store.hpp"
#include "stores/database.hpp"

namespace plumbline::cli {

class MappingDatabase final : public MappingStore {
public:
    /// \param content tells accelerator, network, rules and search options from others
    /// \throws InputError where the file is no such store, or cannot be written; so do the others
    MappingDatabase(const std::string& path, const std::string& content);

    std::vector<SolvedMapping> find(const MappingProblem& problem) override;
    void keep(const MappingProblem& problem, const SolvedMapping& solved) override;

private:
    Database database_;
    std::int64_t search_;  ///< row of the content
    Statement find_;
    Statement keep_;
};

}  // namespace plumbline::cli
