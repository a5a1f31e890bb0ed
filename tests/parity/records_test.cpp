// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/records.hpp"

#include "meta_prototype.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline::parity {
namespace {

const char* const kRecords = "/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.jsonl.gz";

void expect_equal(const LayerCost& cost, const io::ExpectedLayer& expect)
{
    parity::expect_equal(cost.mac_energy.count(), expect.mac_energy.count(), "MAC energy");
    parity::expect_equal(cost.memory_energy.count(), expect.memory_energy.count(), "memory energy");
    parity::expect_equal(cost.energy().count(), expect.energy.count(), "energy");
    EXPECT_EQ(cost.stall, expect.stall);
    EXPECT_EQ(cost.loading, expect.loading);
    EXPECT_EQ(cost.offloading, expect.offloading);
    EXPECT_EQ(cost.ideal, expect.ideal);
    EXPECT_EQ(cost.temporal, expect.temporal);
    EXPECT_EQ(cost.latency_without_offloading(), expect.latency[1]);
    EXPECT_EQ(cost.latency(), expect.latency[2]);
    ASSERT_EQ(cost.operands.size(), expect.operands.size());
    for (std::size_t i = 0; i < cost.operands.size(); ++i)
        for (std::size_t level = 0; level < cost.operands[i].levels.size(); ++level)
            for (Direction d : kAllDirections) {
                const std::string where = cost.operands[i].operand + " " + std::string{name_of(d)};
                const LevelCost& here = cost.operands[i].levels[level];
                parity::expect_equal(here.accesses[d].count(), expect.operands[i].accesses.at(level)[d].count(), where);
                parity::expect_equal(here.energy[d].count(), expect.operands[i].energy.at(level)[d].count(), where);
            }
}

class Records : public ::testing::Test {
protected:
    void for_each(const std::function<void(const io::Record&)>& check)
    {
        int count = 0;
        io::read_records(kReference + kRecords, pair.accelerator, [&](const io::Record& record) {
            SCOPED_TRACE("record " + std::to_string(++count));
            check(record);
        });
        EXPECT_EQ(count, 271);
    }

    MetaPrototype pair;
};

TEST_F(Records, OfMappedLayersMatchInEveryNumber)
{
    int layers = 0;
    for_each([&](const io::Record& record) {
        const auto* mapped = std::get_if<io::MappingRecord>(&record);
        if (mapped == nullptr) return;
        ++layers;
        ASSERT_TRUE(mapped->expect);
        expect_equal(layer_cost(pair.accelerator, mapped->layer, mapped->mapping), *mapped->expect);
    });
    EXPECT_EQ(layers, 140 + 72);
}

TEST_F(Records, OfCopiesMatchHopByHop)
{
    int copies = 0;
    for_each([&](const io::Record& record) {
        const auto* copy = std::get_if<io::CopyRecord>(&record);
        if (copy == nullptr) return;
        ++copies;
        ASSERT_TRUE(copy->expect);
        const CopyCost cost = copy_cost(pair.accelerator, copy->movements);
        parity::expect_equal(cost.energy.count(), copy->expect->energy.count(), "energy");
        EXPECT_EQ(cost.latency, copy->expect->latency);
        for (std::size_t i = 0; i < copy->movements.size(); ++i) {
            const MovementCost movement = movement_cost(pair.accelerator, copy->movements[i]);
            parity::expect_equal(movement.energy.count(), copy->expect->movements.at(i).energy.count(), "movement");
            EXPECT_EQ(movement.hops, copy->expect->movements[i].hops);
        }
    });
    EXPECT_EQ(copies, 59);
}

TEST_F(Records, OfSearchesFindTheSameEnergyAmongTheSameOrders)
{
    int searches = 0;
    for_each([&](const io::Record& record) {
        const auto* mapped = std::get_if<io::MappingRecord>(&record);
        if (mapped == nullptr || mapped->kind != io::RecordKind::best) return;
        ++searches;
        MappingProblem problem;
        problem.accelerator = &pair.accelerator;
        problem.layer = &mapped->layer;
        problem.sizes = mapped->mapping.sizes;
        problem.rule = &pair.rules.rules()[0];
        for (const OperandMapping& operand : mapped->mapping.operands) problem.levels.push_back(operand.levels);
        SearchOptions options;
        options.factors = mapped->factors;
        const auto best = search_mapping(problem, options);
        ASSERT_TRUE(best);
        EXPECT_EQ(best->orders, mapped->searched);
        parity::expect_equal(best->cost.energy().count(), mapped->expect->energy.count(), "energy");
        EXPECT_LE(best->cost.latency(), mapped->expect->latency[2]);
    });
    EXPECT_EQ(searches, 72);
}

}  // namespace
}  // namespace plumbline::parity
