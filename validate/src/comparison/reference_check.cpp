// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/reference_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "plumbline/copy_cost.hpp"
#include "plumbline/io/records.hpp"
#include "plumbline/layer_cost.hpp"
#include "plumbline/validate/comparison.hpp"

namespace plumbline::validate {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
/// Records are evaluations of DeFiNES, whose formulas these are.
constexpr Estimator kEstimator = Estimator::uniform;

/// Collects a report, record by record.
class Checker {
public:
    Checker(const Accelerator& accelerator, const ReferenceCheckOptions& options)
        : accelerator_{accelerator},
          options_{options}
    {}

    void check(const io::Record& record)
    {
        ++index_;
        std::visit([this](const auto& each) { check(each); }, record);
    }

    ReferenceReport take() { return std::move(report_); }

private:
    void check(const io::MappingRecord& record);
    void check(const io::CopyRecord& record);
    void compare(const LayerCost& cost, const io::ExpectedLayer& expect);
    void compare(const OperandCost& cost, const io::ExpectedOperand& expect);
    void compare(const CopyCost& cost, const io::CopyRecord& record);
    void search(const io::MappingRecord& record);
    const Layer& described(const Layer& layer) const;

    void begin(const std::string& kind, const std::string& name)
    {
        ++report_.records[kind];
        record_ = kind + " " + std::to_string(index_) + " (" + name + ")";
    }
    void note(const std::string& quantity, double deviation);
    template <class T>
    void compare(const std::string& quantity, T model, T expect)
    {
        note(quantity, deviation(static_cast<double>(model.count()), static_cast<double>(expect.count())));
    }
    template <class T>
    void compare(const std::string& quantity, const PerDirection<T>& model, const PerDirection<T>& expect)
    {
        for (Direction direction : kAllDirections) compare(quantity, model[direction], expect[direction]);
    }

    const Accelerator& accelerator_;
    const ReferenceCheckOptions& options_;
    ReferenceReport report_;
    std::string record_;
    std::int64_t index_ = 0;
};

void Checker::note(const std::string& quantity, double deviation)
{
    auto& all = report_.quantities;
    const auto same = [&](const QuantityDeviation& each) { return each.quantity == quantity; };
    auto found = std::find_if(all.begin(), all.end(), same);
    if (found == all.end()) found = all.insert(all.end(), QuantityDeviation{quantity, 0, 0, {}});
    ++found->compared;
    if (std::abs(deviation) <= found->worst) return;
    found->worst = std::abs(deviation);
    found->record = record_;
}

void Checker::check(const io::MappingRecord& record)
{
    begin(record.kind == io::RecordKind::best ? "best" : "mapping", record.name);
    const LayerCost cost = layer_cost(accelerator_, record.layer, record.mapping, kEstimator);
    if (!record.expect) {
        report_.scores.push_back({record_, cost.energy(), cost.latency()});
        return;
    }
    compare(cost, *record.expect);
    if (record.kind == io::RecordKind::best && options_.rules != nullptr) search(record);
}

void Checker::compare(const LayerCost& cost, const io::ExpectedLayer& expect)
{
    compare("mac_energy", cost.mac_energy, expect.mac_energy);
    compare("mem_energy", cost.memory_energy, expect.memory_energy);
    compare("energy", cost.energy(), expect.energy);
    if (cost.operands.size() != expect.operands.size()) note("word_access", kInfinite);
    for (std::size_t i = 0; i < std::min(cost.operands.size(), expect.operands.size()); ++i) {
        compare(cost.operands[i], expect.operands[i]);
    }
    compare("stall", cost.stall, expect.stall);
    compare("loading", cost.loading, expect.loading);
    compare("offloading", cost.offloading, expect.offloading);
    compare("ideal_cycle", cost.ideal, expect.ideal);
    compare("temporal_cycle", cost.temporal, expect.temporal);
    compare("latency", cost.temporal + cost.stall, expect.latency[0]);
    compare("latency", cost.latency_without_offloading(), expect.latency[1]);
    compare("latency", cost.latency(), expect.latency[2]);
}

void Checker::compare(const OperandCost& cost, const io::ExpectedOperand& expect)
{
    if (cost.operand != expect.operand || cost.levels.size() != expect.accesses.size() ||
        cost.levels.size() != expect.energy.size()) {
        note("word_access", kInfinite);
        return;
    }
    for (std::size_t i = 0; i < cost.levels.size(); ++i) {
        compare("word_access", cost.levels[i].accesses, expect.accesses[i]);
        compare("energy_breakdown", cost.levels[i].energy, expect.energy[i]);
    }
}

const Layer& Checker::described(const Layer& layer) const
{
    const Layer* named = options_.workload != nullptr ? options_.workload->find(layer.id) : nullptr;
    return named != nullptr ? *named : layer;
}

void Checker::search(const io::MappingRecord& record)
{
    MappingProblem problem;
    problem.accelerator = &accelerator_;
    problem.layer = &record.layer;
    problem.sizes = record.mapping.sizes;
    problem.rule = &options_.rules->rule_for(described(record.layer));
    for (const OperandMapping& operand : record.mapping.operands) problem.levels.push_back(operand.levels);
    SearchOptions search;
    search.factors = record.factors;
    search.threads = options_.threads;
    search.estimator = kEstimator;
    const Outcome<BestMapping> best = search_mapping(problem, search);
    if (!best) {
        note("search energy", kInfinite);
        return;
    }
    const double energy = deviation(best->cost.energy().count(), record.expect->energy.count());
    const auto expected_latency = static_cast<double>(record.expect->latency[2].count());
    note("search energy", best->orders == record.searched ? energy : std::max(energy, 0.0));
    const auto latency = static_cast<double>(best->cost.latency().count());
    note("search latency, where higher", std::max(deviation(latency, expected_latency), 0.0));
}

void Checker::check(const io::CopyRecord& record)
{
    begin("copy", record.name);
    const CopyCost cost = copy_cost(accelerator_, record.transfers, kEstimator);
    if (record.expect) {
        compare(cost, record);
    } else {
        report_.scores.push_back({record_, cost.energy, cost.latency});
    }
}

void Checker::compare(const CopyCost& cost, const io::CopyRecord& record)
{
    compare("copy energy", cost.energy, record.expect->energy);
    compare("copy latency", cost.latency, record.expect->latency);
    for (std::size_t i = 0; i < record.transfers.size(); ++i) {
        const CopyTransferCost transfer = transfer_cost(accelerator_, record.transfers[i]);
        const io::ExpectedTransfer& expect = record.expect->transfers.at(i);
        compare("movement energy", transfer.energy, expect.energy);
        if (transfer.hops.size() != expect.hops.size()) note("hops", kInfinite);
        for (std::size_t hop = 0; hop < std::min(transfer.hops.size(), expect.hops.size()); ++hop) {
            compare("hops", transfer.hops[hop], expect.hops[hop]);
        }
    }
}

}  // namespace

double ReferenceReport::worst() const
{
    double worst = 0;
    for (const QuantityDeviation& quantity : quantities) worst = std::max(worst, quantity.worst);
    return worst;
}

ReferenceReport check_against_reference(const std::string& path, const Accelerator& accelerator,
                                        const ReferenceCheckOptions& options)
{
    Checker checker{accelerator, options};
    io::read_records(path, accelerator, [&](const io::Record& record) { checker.check(record); });
    return checker.take();
}

}  // namespace plumbline::validate
