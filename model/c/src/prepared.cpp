// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "call.hpp"

namespace c = plumbline::c;

namespace {

plumbline::Picojoules energy(double picojoules, const char* argument)
{
    if (!(picojoules >= 0) || !std::isfinite(picojoules))
        throw plumbline::InputError(argument, "is not a number of picojoules, expected at least 0");
    return plumbline::Picojoules{picojoules};
}

plumbline::PredictedCost predicted(const plumbline_prepared* prepared, const plumbline_rates* rates)
{
    if (prepared == nullptr || rates == nullptr || rates->value.words.size() != prepared->memories) return {};
    return prepared->value.predict(rates->value);
}

}  // namespace

plumbline_status plumbline_rates_create(plumbline_session* session, const plumbline_accelerator* accelerator,
                                        plumbline_rates** rates)
{
    return c::create(session, rates,
                     [&] { return plumbline_rates{plumbline::rates_of(*c::given(accelerator, "accelerator").value)}; });
}

void plumbline_rates_destroy(plumbline_rates* rates) { delete rates; }

plumbline_status plumbline_rates_set_mac(plumbline_session* session, plumbline_rates* rates, double picojoules)
{
    return c::call(session, [&] { c::given(rates, "rates").value.mac = energy(picojoules, "picojoules"); });
}

plumbline_status plumbline_rates_set_memory(plumbline_session* session, plumbline_rates* rates, size_t memory,
                                            double read, double write)
{
    return c::call(session, [&] {
        std::vector<plumbline::WordRates>& words = c::given(rates, "rates").value.words;
        if (memory >= words.size())
            throw plumbline::InputError(
                "memory", "is " + std::to_string(memory) + ", expected less than " + std::to_string(words.size()));
        words[memory] = {energy(read, "read"), energy(write, "write")};
    });
}

plumbline_status plumbline_rates_set_dispatch(plumbline_session* session, plumbline_rates* rates, int64_t cycles)
{
    return c::call(session, [&] {
        if (cycles < 0) throw plumbline::InputError("cycles", "is negative, expected at least 0");
        c::given(rates, "rates").value.dispatch = plumbline::Cycles{cycles};
    });
}

plumbline_status plumbline_prepare(plumbline_session* session, const plumbline_schedule* schedule,
                                   const char* estimator, plumbline_prepared** prepared)
{
    return c::create(session, prepared, [&] {
        const plumbline_schedule& planned = c::given(schedule, "schedule");
        const plumbline::Estimator formulas = c::given_estimator(estimator);
        return plumbline_prepared{
            plumbline::PreparedSchedule{*planned.accelerator, *planned.workload, planned.value, formulas},
            planned.accelerator->memories().size()};
    });
}

void plumbline_prepared_destroy(plumbline_prepared* prepared) { delete prepared; }

double plumbline_prepared_energy(const plumbline_prepared* prepared, const plumbline_rates* rates)
{
    return predicted(prepared, rates).energy.count();
}

int64_t plumbline_prepared_latency(const plumbline_prepared* prepared, const plumbline_rates* rates)
{
    return predicted(prepared, rates).latency.count();
}
