// SPDX-License-Identifier: Apache-2.0
// Problems with a known answer: cycles of made-up schedules on a machine whose parameters are planted at random.
//
// A schedule moves bits through some memories in some transfers, and has some steps. It takes
//     Σ over memories of bits / (width * bandwidth) + transfers * latency, + steps * dispatch
// cycles; of the last memory the bandwidth is efficiency * (1 - refresh share), where a problem has both.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "plumbline/validate/fit.hpp"

namespace plumbline::validate::test {

/// The same numbers from every standard library.
class Random {
public:
    explicit Random(std::uint64_t seed) : bits_{seed} {}

    double between(double least, double most)
    {
        return least + (most - least) * std::ldexp(static_cast<double>(bits_() >> 11U), -53);
    }
    /// Each magnitude is as likely as any other.
    double of_any_magnitude(double least, double most) { return std::exp(between(std::log(least), std::log(most))); }
    bool chance(double probability) { return between(0, 1) < probability; }
    /// Normal, of mean 0 and standard deviation 1 (Box and Muller).
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(1 - between(0, 1)));
        return radius * std::cos(2 * std::acos(-1.0) * between(0, 1));
    }

private:
    std::mt19937_64 bits_;
};

struct PlantedProblem {
    struct Traffic {
        double bits;
        double transfers;
    };
    struct Work {
        std::vector<Traffic> memories;
        double steps;
    };

    std::vector<double> widths;
    std::vector<Work> works;               ///< per schedule
    std::vector<FitParameter> parameters;  ///< per memory bandwidth and latency; dispatch; the refresh share, if any
    std::vector<double> truth;
    std::vector<Observation> observations;

    std::vector<double> predict(const std::vector<double>& values) const
    {
        const std::size_t memories = widths.size();
        const double refresh = values.size() > 2 * memories + 1 ? values.back() : 0;
        std::vector<double> cycles;
        for (const Work& work : works) {
            double sum = work.steps * values[2 * memories];
            for (std::size_t m = 0; m < memories; ++m) {
                const double bandwidth = values[2 * m] * (m + 1 == memories ? 1 - refresh : 1);
                sum += work.memories[m].bits / (widths[m] * bandwidth) + work.memories[m].transfers * values[2 * m + 1];
            }
            cycles.push_back(sum);
        }
        return cycles;
    }
    Predictor predictor() const
    {
        return [this](const std::vector<double>& values) { return predict(values); };
    }
    std::size_t index(const std::string& name) const
    {
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            if (parameters[i].name == name) return i;
        }
        return parameters.size();
    }
};

struct PlantedOptions {
    std::size_t memories = 3;
    std::size_t schedules = 120;
    bool refreshes = false;
    double noise = 0;      ///< relative standard deviation of observations
    double corrupted = 0;  ///< share of rows that are off by a factor of 1.2 to 5, either way
};

inline void plant_parameters(PlantedProblem& problem, const PlantedOptions& options, Random& random)
{
    const auto plant = [&](FitParameter parameter, double truth) {
        problem.parameters.push_back(std::move(parameter));
        problem.truth.push_back(truth);
    };
    for (std::size_t m = 0; m < options.memories; ++m) {
        problem.widths.push_back(std::exp2(std::floor(random.between(5, 11))));
        const std::string name = "memory " + std::to_string(m);
        plant({name + " bandwidth", 1, 0.01, 1, 0.001}, random.between(0.3, 0.98));
        plant({name + " latency", 0, 0, 100000, 1}, random.of_any_magnitude(2, 200));
    }
    plant({"dispatch", 0, 0, 1e7, 1}, random.of_any_magnitude(50, 5000));
    if (options.refreshes) plant({"refresh", 0, 0, 0.3, 0.001}, random.between(0.02, 0.25));
}

/// Each of a schedule's memories is busy for about as long, so that all have a say.
inline PlantedProblem::Work any_work(const PlantedProblem& problem, Random& random)
{
    PlantedProblem::Work work;
    for (double width : problem.widths) {
        const double bits = width * random.of_any_magnitude(1e5, 1e7);
        work.memories.push_back({bits, std::floor(bits / width / random.of_any_magnitude(10, 3000))});
    }
    work.steps = std::floor(random.of_any_magnitude(20, 5000));
    return work;
}

inline PlantedProblem planted(std::uint64_t seed, const PlantedOptions& options)
{
    Random random{seed};
    PlantedProblem problem;
    plant_parameters(problem, options, random);
    for (std::size_t i = 0; i < options.schedules; ++i) problem.works.push_back(any_work(problem, random));
    const std::vector<double> cycles = problem.predict(problem.truth);
    for (std::size_t i = 0; i < cycles.size(); ++i) {
        double factor = std::exp(options.noise * random.normal());
        if (random.chance(options.corrupted))
            factor *= std::exp((random.chance(0.5) ? 1 : -1) * random.between(0.18, 1.6));
        problem.observations.push_back({"schedule " + std::to_string(i), "total", {}, cycles[i] * factor, 1});
    }
    return problem;
}

}  // namespace plumbline::validate::test
