// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <optional>
#include <string_view>

#include "call.hpp"

namespace c = plumbline::c;
using plumbline::InputError;

namespace {

/// The enumerator called `text`. \throws InputError of `field` where there is none
template <class Enumerator>
Enumerator named(std::optional<Enumerator> (*find)(std::string_view), const char* text, const char* field,
                 const char* expected)
{
    const std::string asked = c::given_text(text, field);
    const std::optional<Enumerator> found = find(asked);
    if (!found) throw InputError(field, "'" + asked + "' is unknown, expected " + expected);
    return *found;
}

plumbline::OverlapMode mode_named(const char* text)
{
    return named(plumbline::overlap_mode_named, text, "mode", "fully-recompute, h-cached or fully-cached");
}

plumbline::TileSize tile_of(int64_t columns, int64_t rows)
{
    if (columns < 1 || rows < 1)
        throw InputError("tile", std::to_string(columns) + "x" + std::to_string(rows) +
                                     " is no tile, expected at least a column and a row");
    return {columns, rows};
}

int not_negative(int value, const char* field)
{
    if (value < 0) throw InputError(field, std::to_string(value) + " is negative, expected 0 or more");
    return value;
}

bool usable(double exponent) { return std::isfinite(exponent) && exponent >= 0; }

/// Sets one thing of the options.
template <class Change>
plumbline_status set(plumbline_session* session, plumbline_options* options, Change change) noexcept
{
    return c::call(session, [&] { change(c::given(options, "options")); });
}

}  // namespace

plumbline_status plumbline_options_create(plumbline_session* session, plumbline_options** options)
{
    return c::create(session, options, [] { return plumbline_options{}; });
}

void plumbline_options_destroy(plumbline_options* options) { delete options; }

plumbline_status plumbline_options_set_tile(plumbline_session* session, plumbline_options* options, int64_t columns,
                                            int64_t rows)
{
    return set(session, options, [&](plumbline_options& all) { all.for_all.tile = tile_of(columns, rows); });
}

plumbline_status plumbline_options_set_mode(plumbline_session* session, plumbline_options* options, const char* mode)
{
    return set(session, options, [&](plumbline_options& all) { all.for_all.mode = mode_named(mode); });
}

plumbline_status plumbline_options_add_stack(plumbline_session* session, plumbline_options* options, int64_t columns,
                                             int64_t rows, const char* mode)
{
    return set(session, options, [&](plumbline_options& all) {
        all.plan.stacks.push_back({tile_of(columns, rows), mode_named(mode)});
    });
}

plumbline_status plumbline_options_set_cuts(plumbline_session* session, plumbline_options* options, const char* cuts)
{
    return set(session, options, [&](plumbline_options& all) { all.cuts = c::given_text(cuts, "cuts"); });
}

plumbline_status plumbline_options_set_capacity(plumbline_session* session, plumbline_options* options,
                                                const char* capacity)
{
    return set(session, options, [&](plumbline_options& all) {
        all.plan.capacity = named(plumbline::capacity_policy_named, capacity, "capacity", "optimistic or reserved");
    });
}

plumbline_status plumbline_options_set_factors(plumbline_session* session, plumbline_options* options, int factors)
{
    return set(session, options,
               [&](plumbline_options& all) { all.plan.search.factors = not_negative(factors, "factors"); });
}

plumbline_status plumbline_options_set_objective(plumbline_session* session, plumbline_options* options,
                                                 const char* objective)
{
    return set(session, options, [&](plumbline_options& all) {
        const auto found = named(plumbline::objective_named, objective, "objective", "energy, latency or edp");
        if (found == plumbline::Objective::weighted)
            throw InputError("objective", "'weighted' needs exponents, expected plumbline_options_set_weights");
        all.plan.search.objective = found;
    });
}

plumbline_status plumbline_options_set_weights(plumbline_session* session, plumbline_options* options,
                                               double energy_exponent, double latency_exponent)
{
    return set(session, options, [&](plumbline_options& all) {
        if (!usable(energy_exponent) || !usable(latency_exponent) || energy_exponent + latency_exponent <= 0)
            throw InputError("weights", "are unusable, expected exponents that are not negative and not both zero");
        all.plan.search.objective = plumbline::Objective::weighted;
        all.plan.search.weights = {energy_exponent, latency_exponent};
    });
}

plumbline_status plumbline_options_set_estimator(plumbline_session* session, plumbline_options* options,
                                                 const char* estimator)
{
    return set(session, options, [&](plumbline_options& all) {
        all.plan.search.estimator = named(plumbline::estimator_named, estimator, "estimator", "uniform or refined");
    });
}

plumbline_status plumbline_options_set_threads(plumbline_session* session, plumbline_options* options, int threads)
{
    return set(session, options,
               [&](plumbline_options& all) { all.plan.search.threads = not_negative(threads, "threads"); });
}
