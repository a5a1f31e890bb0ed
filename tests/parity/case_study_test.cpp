// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>
#include <vector>

#include "pair.hpp"

namespace plumbline::parity {
namespace {

/// A row of DeFiNES' case study 1: FSRCNN on Meta_prototype_DF, one stack.
struct Row {
    int mode = 0;
    TileSize tile;
    int factors = 0;
    double energy_pj = 0;
    std::int64_t latency_cycles = 0;
};

std::vector<Row> case_study_1()
{
    std::ifstream file{kReference + "/case_study_1.csv"};
    std::string line;
    std::getline(file, line);
    std::vector<Row> rows;
    while (std::getline(file, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream fields{line};
        Row row;
        std::int64_t without_offloading = 0;
        fields >> row.mode >> row.tile.x >> row.tile.y >> row.factors >> row.energy_pj >> without_offloading >>
            row.latency_cycles;
        EXPECT_FALSE(fields.fail()) << line;
        rows.push_back(row);
    }
    return rows;
}

TEST(CaseStudy1, HasTheEnergyOfDefinesOnEveryRow)
{
    const Pair pair{"Meta_prototype_DF", "fsrcnn"};
    const auto rows = case_study_1();
    ASSERT_EQ(rows.size(), 72U);
    for (const Row& row : rows) {
        SCOPED_TRACE("mode " + std::to_string(row.mode) + " tile " + std::to_string(row.tile.x) + "x" +
                     std::to_string(row.tile.y));
        const ScheduleCost cost =
            predict(pair.accelerator, pair.workload, pair.planned(row.mode, row.tile, row.factors), Estimator::uniform);
        expect_equal(cost.energy().count(), row.energy_pj, "energy");
        EXPECT_LE(cost.latency().count(), row.latency_cycles);  // lower where mappings tie in energy
    }
}

}  // namespace
}  // namespace plumbline::parity
