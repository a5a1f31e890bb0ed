// SPDX-License-Identifier: Apache-2.0
// A verdict as one HTML page that opens from disk and asks no network for anything.
//
// Predicted against simulated values, deviations per memory and operand, latency by phase, how busy ports were over time,
// residuals before and after calibration, and the causes of deviations; each chart beside a table that says the same without
// JavaScript. Where a side is a file, the page shows what that says. The same run makes the same page, byte by byte.
//
//     write_file("run.html", validate_html(subject, {comparison, tolerances, why, predicted, simulated}, notes, assets));
#pragma once

#include <string>

#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/deviation_causes.hpp"
#include "plumbline/validate/page.hpp"
#include "plumbline/validate/port_timeline.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/run_record.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What the page is made of.
struct ValidatePageAssets {
    std::string page;   ///< skeleton, with {{names}} to fill in
    PageAssets shared;  ///< what stands in every page
};

/// What is known of a run. Refers to its parts, which must outlive it.
struct ValidatedRun {
    const Comparison& comparison;              ///< of the two run records
    const Tolerances& tolerances;              ///< that the comparison was judged by
    const DeviationCauses& why;                ///< the comparison deviates
    const RunRecord& predicted;                ///< one side
    const RunRecord& simulated;                ///< the other side
    const sim::Counters* counters = nullptr;   ///< of the machine; null: it did not run
    const PortTimeline* timeline = nullptr;    ///< that listened to it; null: nobody did
    bool folded = false;                       ///< it heard of one tile of each class
    const Comparison* uncalibrated = nullptr;  ///< of what is predicted without the profile; null: there is none
};

/// The page as HTML. \throws InputError where the skeleton has a name that nobody fills in
std::string validate_html(const Subject& subject, const ValidatedRun& run, const PageNotes& notes,
                          const ValidatePageAssets& assets);

}  // namespace plumbline::validate
#pragma GCC visibility pop
