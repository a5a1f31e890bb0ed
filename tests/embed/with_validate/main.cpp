// SPDX-License-Identifier: Apache-2.0
// Fits one parameter, cycles per word, to five observations of a bus that takes 2 and a half.
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <plumbline/validate/fit.hpp>
#include <systemc>

using namespace plumbline::validate;

namespace {

constexpr double kCyclesPerWord = 2.5;

}  // namespace

int sc_main(int, char**)
{
    const std::vector<double> words{100, 250, 400, 900, 1600};
    std::vector<Observation> observations;
    for (double count : words) {
        Observation row;
        row.schedule = std::to_string(count);
        row.observed = kCyclesPerWord * count;
        observations.push_back(row);
    }
    const auto predict = [&words](const std::vector<double>& parameters) {
        std::vector<double> cycles;
        for (double count : words) cycles.push_back(parameters[0] * count);
        return cycles;
    };
    const Fit fit = fit_parameters({{"cycles_per_word", 1, 0.1, 10, 0.001}}, observations, predict, {});
    std::cout << fit.estimates[0].name << ": " << fit.estimates[0].value << '\n';
    return std::abs(fit.estimates[0].value - kCyclesPerWord) < 1e-6 ? 0 : 1;
}
