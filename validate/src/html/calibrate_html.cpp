// SPDX-License-Identifier: Apache-2.0
#include "html/charts/histogram_chart.hpp"
#include "html/charts/scatter_chart.hpp"
#include "html/html_parts.hpp"
#include "plumbline/validate/accuracy.hpp"
#include "plumbline/validate/calibrate_page.hpp"
#include "report/calibration_report.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr const char* kFitPrefix = "fit";

ChartSeries before_and_after() { return {{"before calibration", "after calibration"}, before_and_after_colours()}; }

void add_points(std::vector<ScatterPoint>& points, const HeldOutPredictions& judged, std::size_t series)
{
    for (std::size_t i = 0; i < judged.rows().size(); ++i) {
        const Observation& row = judged.rows()[i];
        const double predicted = judged.predicted()[i];
        points.push_back({series, predicted, row.observed, true,
                          row.schedule + ", " + before_and_after().names[series] + "\npredicted " +
                              grouped(predicted, 0) + " cycles\nobserved " + grouped(row.observed, 0) +
                              " cycles\ndeviation " + percent(deviation(predicted, row.observed))});
    }
}

Figure scatter(const HeldOutPredictions& before, const HeldOutPredictions& after)
{
    std::vector<ScatterPoint> points;
    add_points(points, before, 0);
    add_points(points, after, 1);
    return {"scatter", "Held-out schedules, predicted against observed",
            "Two points for each schedule that nothing was fitted to. On the line, both sides agree. Both scales are "
            "logarithmic.",
            scatter_chart(points, {"cycles, predicted against observed", "predicted [cycles]", "observed [cycles]"},
                          before_and_after(), 0)};
}

std::vector<double> deviations(const HeldOutPredictions& judged)
{
    std::vector<double> all;
    for (std::size_t i = 0; i < judged.rows().size(); ++i)
        all.push_back(deviation(judged.predicted()[i], judged.rows()[i].observed));
    return all;
}

Table prediction_table(const HeldOutPredictions& before, const HeldOutPredictions& after)
{
    Table table{{"schedule", Align::left}, {"observed [cycles]"}, {"before [cycles]"}, {"deviation"},
                {"after [cycles]"},        {"deviation"}};
    for (std::size_t i = 0; i < after.rows().size(); ++i) {
        const double observed = after.rows()[i].observed;
        const double then = before.predicted()[i];
        const double now = after.predicted()[i];
        table.add({after.rows()[i].schedule, grouped(observed, 0), grouped(then, 0), percent(deviation(then, observed)),
                   grouped(now, 0), percent(deviation(now, observed))});
    }
    return table;
}

std::string held_out_html(const CalibrationResult& result)
{
    if (!result.judged) return "<p>" + escaped(kNoAccuracy) + "</p>\n";
    std::string html = html_table(accuracy_table(*result.judged), "Deviations of held-out schedules");
    const HeldOutPredictions before = totals_of(result.judged->before);
    const HeldOutPredictions after = totals_of(result.judged->after);
    if (after.rows().empty()) return html;
    const Histogram histogram =
        histogram_of({{"before calibration", deviations(before)}, {"after calibration", deviations(after)}});
    const Figure residuals{"residuals", "How many held-out schedules deviate how far",
                           "Deviations of the cycles of whole runs, in classes of " + magnitude(histogram.width) + '.',
                           histogram_chart(histogram, "schedules")};
    return html + html_figure(scatter(before, after), kFitPrefix) + html_figure(residuals, kFitPrefix) +
           html_table(histogram_table(histogram), "Held-out schedules by deviation") +
           html_table(prediction_table(before, after), "Held-out schedules, one by one");
}

std::string parameters_html(const CalibrationResult& result, double confidence)
{
    std::string html;
    for (const ParameterFit& fitted : result.fits) {
        html +=
            html_table(parameter_table(fitted), "Parameters, with intervals of " + grouped(100 * confidence, 1) + " %");
        for (const Indistinct& each : fitted.fit.indistinct)
            html += "<p>" + escaped("Cannot be told: " + in_words(each, fitted.fit)) + "</p>\n";
    }
    const LackOfFit& lack = result.lack_of_fit;
    if (!lack.found.empty())
        html += html_table(missing_table(lack), "Lack of fit: what residuals follow beside the parameters");
    return html;
}

}  // namespace

std::string calibration_html(const CalibrationResult& result, const CalibrateOptions& options, const PageNotes& notes,
                             const ValidatePageAssets& assets)
{
    return filled_page(
        assets.page, notes, assets.shared,
        {{"title", escaped("Calibration of " + result.profile.accelerator())},
         {"schedule", escaped(how_split(result, options.hold_out))},
         {"verdict_class", "none"},
         {"verdict", result.judged ? "Deviations are of held-out schedules alone." : escaped(kNoAccuracy)},
         {"facts", html_facts(notes.options)},
         {"totals", ""},
         {"navigation", ""},
         {"sections", html_section("held-out", "Before and after", held_out_html(result)) +
                          html_section("parameters", "Parameters", parameters_html(result, options.fit.confidence)) +
                          html_section("inputs", "Inputs and versions", html_inputs(notes))}});
}

}  // namespace plumbline::validate
