// SPDX-License-Identifier: Apache-2.0
#include "rtl_judgement.hpp"

#include <map>

namespace plumbline::rtl {
namespace {

constexpr double kHalf = 0.5;

/// What is not known, in the order of RtlPrediction.
std::vector<validate::FitParameter> unknowns_of(bool fused)
{
    std::vector<validate::FitParameter> all{{"efficiency", 1, 0.1, 1, 0.01},
                                            {"access_latency", 0, 0, 1000, 1},
                                            {"burst_overhead", 0, 0, 1000, 1},
                                            {"dispatch", 0, 0, 10000, 1}};
    if (fused) all.push_back({"overlap", 0.5, 0, 1, 0.01});
    return all;
}

template <class Row>
Judgement judged(const char* of, bool fused, const Accelerator& accelerator, const std::vector<Row>& rows,
                 Estimator estimator, std::uint64_t seed)
{
    std::map<std::string, RtlRun> runs;
    std::vector<validate::Observation> observations;
    for (const Row& row : rows) {
        runs.emplace(name_of(row), run_of(row, accelerator));
        observations.push_back({name_of(row), "total", of, static_cast<double>(row.cycles.count())});
    }
    const validate::Split split = validate::split_off(observations, kHalf, seed);
    const auto runs_of = [&](const std::vector<validate::Observation>& some) {
        std::vector<RtlRun> all;
        all.reserve(some.size());
        for (const validate::Observation& each : some) all.push_back(runs.at(each.schedule));
        return all;
    };
    const std::vector<RtlRun> to_fit = runs_of(split.fit);
    const std::vector<RtlRun> to_judge = runs_of(split.held_out.rows());
    const std::vector<validate::FitParameter> unknowns = unknowns_of(fused);
    const validate::Fit fit =
        validate::fit_parameters(unknowns, split.fit, RtlPrediction{accelerator, to_fit, estimator}, {});
    const RtlPrediction predict{accelerator, to_judge, estimator};
    return {of,
            estimator,
            fit,
            {split.held_out, predict({1, 0, 0, 0}), {}},
            {split.held_out, predict(fit.values()), fit.fitted_to}};
}

}  // namespace

Judgement judge(const Accelerator& accelerator, const std::vector<GemmRow>& rows, Estimator estimator,
                std::uint64_t seed)
{
    return judged("single", false, accelerator, rows, estimator, seed);
}

Judgement judge(const Accelerator& accelerator, const std::vector<FusedRow>& rows, Estimator estimator,
                std::uint64_t seed)
{
    return judged("fused", true, accelerator, rows, estimator, seed);
}

}  // namespace plumbline::rtl
