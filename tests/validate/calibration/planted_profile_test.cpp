// SPDX-License-Identifier: Apache-2.0
// Every parameter of cycles planted at random, those of inner memories too, in what the model says of real schedules: what
// calibration claims to know it has to find, and of the rest it has to say why it cannot.
#include <algorithm>
#include <deque>
#include <set>

#include <gmock/gmock.h>

#include "planted.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/validate/calibrate.hpp"
#include "plumbline/validate/model_predictor.hpp"
#include "validate/agreement/platform.hpp"

namespace plumbline::validate {
namespace {

using Names = std::set<std::string>;

class PlantedProfile : public testing::TestWithParam<int> {
protected:
    PlantedProfile()
    {
        for (OverlapMode mode : {OverlapMode::h_cached, OverlapMode::fully_cached})
            for (TileSize tile : {TileSize{20, 20}, {60, 72}, {240, 36}, {120, 270}, {960, 540}}) add(mode, tile);
        test::Random random{static_cast<std::uint64_t>(GetParam())};
        for (const ParameterId& id : parameters) truth = with(truth, id, planted(id.parameter, random));
        const Accelerator real = calibrated(platform.accelerator, truth);
        for (const std::string& name : names) {
            const auto seen = observations_of(name, "fsrcnn", predict(real, {name}).front());
            observed.insert(observed.end(), seen.begin(), seen.end());
        }
    }

    void add(OverlapMode mode, TileSize tile)
    {
        PlanOptions options;
        options.search.factors = 3;
        options.stacks = {{tile, mode}};
        schedules.push_back(*plan_schedule(platform.accelerator, platform.workload, platform.rules, options));
        names.push_back(std::to_string(names.size()));
        predict.add(names.back(), platform.workload, schedules.back());
    }

    /// Refresh does by its definition what efficiency does, and stays away.
    static double planted(CalibrationParameter parameter, test::Random& random)
    {
        switch (parameter) {
            case CalibrationParameter::bandwidth:
            case CalibrationParameter::efficiency: return random.between(0.4, 0.95);
            case CalibrationParameter::access_latency: return std::floor(random.between(20, 100));
            case CalibrationParameter::dispatch: return std::floor(random.between(100, 400));
            case CalibrationParameter::burst_overhead: return random.between(0.5, 4);
            case CalibrationParameter::energy_scale:
            case CalibrationParameter::refresh_share: break;
        }
        return facts_of(parameter).neutral;
    }

    /// Fits what is not known from elsewhere.
    Fit fit(const Names& known) const
    {
        CalibrateOptions options;
        options.hold_out.kind = HoldOut::Kind::nothing;
        options.start = Calibration{truth.accelerator(), {}, {}, {}};
        for (const ParameterId& id : parameters) {
            if (known.count(name_of(id)) > 0)
                options.start = with(options.start, id, value_of(truth, id));
            else
                options.parameters.push_back(id);
        }
        const auto predictor = [this](const Accelerator& accelerator, const std::vector<std::string>& wanted) {
            return predict(accelerator, wanted);
        };
        return calibrate(platform.accelerator, observed, predictor, options).fits.front().fit;
    }

    Platform platform{"meta_prototype_df", "fsrcnn"};
    ModelPredictor predict{platform.accelerator, Estimator::refined};
    std::deque<Schedule> schedules;
    std::vector<std::string> names;
    std::vector<ParameterId> parameters = latency_parameters_of(platform.accelerator);
    Calibration truth{"meta_prototype_df", {}, {}, {}};
    std::vector<Observation> observed;
};

/// Parameters of which no value is claimed; each has to be accounted for.
Names held(const Fit& fit)
{
    Names names;
    for (std::size_t i = 0; i < fit.estimates.size(); ++i) {
        const Estimate& estimate = fit.estimates[i];
        if (!stays_initial(estimate.knowledge)) continue;
        names.insert(estimate.name);
        const auto tells = [i](const Indistinct& each) { return each.changes.front().parameter == i; };
        if (estimate.knowledge == Knowledge::noise_limited) continue;
        EXPECT_TRUE(std::any_of(fit.indistinct.begin(), fit.indistinct.end(), tells)) << estimate.name;
    }
    return names;
}

TEST_P(PlantedProfile, IsFoundAsFarAsItIsClaimedToBeKnown)
{
    Names known;
    Fit found = fit(known);
    for (Names more = held(found); !more.empty(); more = held(found)) {
        known.merge(more);
        found = fit(known);
    }
    std::size_t near = 0;
    for (const Estimate& estimate : found.estimates) {
        const auto same = [&](const ParameterId& id) { return name_of(id) == estimate.name; };
        const double value = value_of(truth, *std::find_if(parameters.begin(), parameters.end(), same));
        // Weights are fetched once in a run: that it is unsure how long they wait is what its interval says.
        if (estimate.interval.most - estimate.interval.least > value) {
            EXPECT_TRUE(estimate.interval.contains(value)) << estimate.name;
            continue;
        }
        ++near;
        EXPECT_NEAR(estimate.value, value, 0.05 * value) << estimate.name;
    }
    EXPECT_GE(near, 8U) << "bandwidths and latencies of inner memories among them";
    for (const char* name : {"top.efficiency", "memories.sram_64KB.bandwidth", "memories.sram_64KB.access_latency"})
        EXPECT_EQ(known.count(name), 0U) << name;
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlantedProfile, testing::Range(0, 3));

}  // namespace
}  // namespace plumbline::validate
