// SPDX-License-Identifier: Apache-2.0
// Goals of a benchmark, printed with what was measured: passed or missed. A goal that is missed is an error of the
// benchmark, and of the process that asks for `exit_status`.
//
//     Goals goals{state};
//     goals.below("folded", seconds, 0.3, "s");  // folded 0.112 s (below 0.3: pass)
#pragma once

#include <cstdio>
#include <string>

#include <benchmark/benchmark.h>

namespace plumbline {

class Goals {
public:
    explicit Goals(benchmark::State& state) : state_{&state} {}
    ~Goals() { missed_ ? state_->SkipWithError(text_.c_str()) : state_->SetLabel(text_); }
    Goals(const Goals&) = delete;
    Goals& operator=(const Goals&) = delete;

    void below(const char* what, double measured, double limit, const char* unit)
    {
        add(what, measured, limit, unit, "below", measured < limit);
    }
    void at_least(const char* what, double measured, double limit, const char* unit)
    {
        add(what, measured, limit, unit, "at least", measured >= limit);
    }

    /// Of all goals of the process so far.
    static int exit_status() { return any_missed ? 1 : 0; }

private:
    void add(const char* what, double measured, double limit, const char* unit, const char* relation, bool met)
    {
        char text[160];
        std::snprintf(text, sizeof text, "%s%s %.4g %s (%s %g: %s)", text_.empty() ? "" : "; ", what, measured, unit,
                      relation, limit, met ? "pass" : "MISSED");
        text_ += text;
        if (!met) missed_ = any_missed = true;
    }

    inline static bool any_missed = false;
    benchmark::State* state_;
    std::string text_;
    bool missed_ = false;
};

}  // namespace plumbline
