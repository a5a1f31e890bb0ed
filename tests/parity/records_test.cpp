// SPDX-License-Identifier: Apache-2.0
// Every single evaluation of DeFiNES in tests/reference/evaluations.
#include "plumbline/io/records.hpp"

#include <cctype>

#include "equal.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/layer_cost.hpp"
#include "plumbline/mapper.hpp"

namespace plumbline::parity {
namespace {

void expect_recorded(const LayerCost& cost, const io::ExpectedLayer& expect)
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

/// A file of records: an accelerator, a network, how DeFiNES ran it, and how many records of each kind it gave.
struct Evaluations {
    const char* accelerator;
    const char* network;
    const char* run;
    int mapped;
    int searched;
    int copied;

    std::string name() const { return std::string{accelerator} + "__" + network + "__" + run; }
    friend void PrintTo(const Evaluations& each, std::ostream* out) { *out << each.name(); }
};

constexpr Evaluations kEvaluations[] = {
    {"Ascend_like", "fsrcnn", "m1_4x72_lpf6", 48, 24, 24},
    {"Ascend_like_DF", "resnet18", "m3_14x14_lpf6", 140, 80, 60},
    {"Edge_TPU_like", "mccnn", "m1_16x8_lpf6", 30, 15, 15},
    {"Edge_TPU_like_DF", "resnet18", "m3_8x8_lpf6", 140, 80, 60},
    {"Meta_prototype", "mobilenetv1", "m1_7x7_lpf6", 140, 80, 29},
    {"Meta_prototype_DF", "fsrcnn", "m3_60x72_lpf6", 140, 72, 59},
    {"TPU_like", "resnet18", "m2_28x28_lpf6", 140, 80, 60},
    {"TPU_like_DF", "fsrcnn", "m2_60x72_lpf6", 96, 48, 36},
    {"Tesla_NPU_like_DF", "dmcnnvd", "m3_32x16_lpf6", 140, 80, 60},
    {"Tesla_NPU_like_DF", "mobilenetv1", "m3_7x7_lpf6", 140, 80, 60},
};

std::string description(const std::string& folder, std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return kPlatforms + '/' + folder + '/' + name + ".yaml";
}

std::string family_of(const std::string& accelerator) { return accelerator.substr(0, accelerator.rfind("_DF")); }

class Records : public ::testing::TestWithParam<Evaluations> {
protected:
    void for_each(const std::function<void(const io::Record&)>& check)
    {
        int count = 0;
        io::read_records(kReference + "/evaluations/" + GetParam().name() + ".jsonl.gz", accelerator,
                         [&](const io::Record& record) {
                             SCOPED_TRACE("record " + std::to_string(++count));
                             check(record);
                         });
        EXPECT_EQ(count, GetParam().mapped + GetParam().searched + GetParam().copied);
    }

    /// Among the same mappings that DeFiNES searched.
    Outcome<BestMapping> best(const io::MappingRecord& record) const
    {
        MappingProblem problem;
        problem.accelerator = &accelerator;
        problem.layer = &record.layer;
        problem.sizes = record.mapping.sizes;
        problem.rule = &rules.rule_for(network.layer(record.layer.id));
        for (const OperandMapping& operand : record.mapping.operands) problem.levels.push_back(operand.levels);
        SearchOptions options;
        options.factors = record.factors;
        options.estimator = Estimator::uniform;
        return search_mapping(problem, options);
    }

    Accelerator accelerator = io::read_accelerator(description("accelerators", GetParam().accelerator));
    Workload network = io::read_workload(description("workloads/defines", GetParam().network));
    MappingRules rules = io::read_mapping(description("mappings", family_of(GetParam().accelerator)), accelerator);
};

TEST_P(Records, OfMappedLayersMatchInEveryNumber)
{
    int layers = 0;
    for_each([&](const io::Record& record) {
        const auto* mapped = std::get_if<io::MappingRecord>(&record);
        if (mapped == nullptr) return;
        ++layers;
        ASSERT_TRUE(mapped->expect);
        expect_recorded(layer_cost(accelerator, mapped->layer, mapped->mapping, Estimator::uniform), *mapped->expect);
    });
    EXPECT_EQ(layers, GetParam().mapped + GetParam().searched);
}

TEST_P(Records, OfCopiesMatchHopByHop)
{
    int copies = 0;
    for_each([&](const io::Record& record) {
        const auto* copy = std::get_if<io::CopyRecord>(&record);
        if (copy == nullptr) return;
        ++copies;
        ASSERT_TRUE(copy->expect);
        const CopyCost cost = copy_cost(accelerator, copy->transfers, Estimator::uniform);
        parity::expect_equal(cost.energy.count(), copy->expect->energy.count(), "energy");
        EXPECT_EQ(cost.latency, copy->expect->latency);
        for (std::size_t i = 0; i < copy->transfers.size(); ++i) {
            const CopyTransferCost transfer = transfer_cost(accelerator, copy->transfers[i]);
            parity::expect_equal(transfer.energy.count(), copy->expect->transfers.at(i).energy.count(), "transfer");
            EXPECT_EQ(transfer.hops, copy->expect->transfers[i].hops);
        }
    });
    EXPECT_EQ(copies, GetParam().copied);
}

TEST_P(Records, OfSearchesFindTheSameEnergyAmongTheSameOrders)
{
    int searches = 0;
    for_each([&](const io::Record& record) {
        const auto* mapped = std::get_if<io::MappingRecord>(&record);
        if (mapped == nullptr || mapped->kind != io::RecordKind::best) return;
        ++searches;
        const auto found = best(*mapped);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->orders, mapped->searched);
        parity::expect_equal(found->cost.energy().count(), mapped->expect->energy.count(), "energy");
        EXPECT_LE(found->cost.latency(), mapped->expect->latency[2]);
    });
    EXPECT_EQ(searches, GetParam().searched);
}

INSTANTIATE_TEST_SUITE_P(OfDefines, Records, ::testing::ValuesIn(kEvaluations),
                         [](const auto& test) { return test.param.name(); });

}  // namespace
}  // namespace plumbline::parity
