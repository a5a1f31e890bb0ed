// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "html/html_parts.hpp"
#include "html/validate_charts.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/validate_page.hpp"
#include "report/deviation_report.hpp"
#include "report/stall_report.hpp"
#include "report/text_parts.hpp"
#include "report/verdict_tables.hpp"

namespace plumbline::validate {
namespace {

constexpr const char* kRunPrefix = "run";

struct Section {
    std::string id;
    std::string heading;
    std::string html;  ///< empty: there is nothing to show
};

std::string paragraph(const std::string& text) { return "<p>" + escaped(text) + "</p>\n"; }

std::string source_text(const Source& source)
{
    switch (source.kind) {
        case Source::Kind::model: return "the model, " + source.name;
        case Source::Kind::machine: return "the machine";
        case Source::Kind::file: return source.name;
    }
    return {};
}

Section accesses(const Subject& subject, const ValidatedRun& run)
{
    Section section{"accesses", "Accesses", {}};
    if (run.comparison.accesses.empty()) return section;
    section.html = html_figure(access_scatter(subject, run), kRunPrefix) +
                   html_figure(access_deviation_bars(subject, run), kRunPrefix) +
                   html_table(access_table(subject, run.comparison), "Accesses: outside tolerance first");
    return section;
}

Section latency(const Subject& subject, const ValidatedRun& run)
{
    Section section{"latency", "Latency", {}};
    if (run.comparison.layers.empty() && run.comparison.copies.empty()) return section;
    section.html = html_figure(cycle_phases(subject, run), kRunPrefix) +
                   html_figure(cycle_scatter(subject, run), kRunPrefix) +
                   html_table(step_table(subject, run.comparison),
                              "Cycles: outside tolerance first; phases: predicted / " + simulated_name(run.comparison));
    return section;
}

/// "5.02 %"
std::string mean_magnitude(const std::vector<double>& deviations)
{
    double sum = 0;
    std::size_t finite = 0;
    for (double deviation : deviations) {
        if (!std::isfinite(deviation)) continue;
        sum += std::abs(deviation);
        ++finite;
    }
    return finite == 0 ? "n/a" : grouped(100 * sum / static_cast<double>(finite), 2) + " %";
}

std::string residual_sentences(const ValidatedRun& run, const std::vector<Residuals>& residuals, std::size_t infinite)
{
    TextStream text;
    for (const Residuals& each : residuals)
        text << counted(each.deviations.size(), "step") << ' ' << each.series << " deviate by "
             << mean_magnitude(each.deviations) << " on average. ";
    if (run.uncalibrated != nullptr && run.uncalibrated->latency && run.comparison.latency)
        text << "Total latency: " << percent(run.uncalibrated->latency->deviation()) << " before, "
             << percent(run.comparison.latency->deviation()) << " after. ";
    if (infinite > 0) text << counted(infinite, "prediction") << " of what takes no time at all left out.";
    return text.str();
}

Section residuals(const ValidatedRun& run)
{
    Section section{
        "residuals", run.uncalibrated == nullptr ? "Residuals" : "Residuals before and after calibration", {}};
    const std::vector<Residuals> all = residuals_of(run);
    if (all.back().deviations.empty()) return section;
    const Histogram histogram = histogram_of(all);
    section.html = paragraph(residual_sentences(run, all, histogram.infinite)) +
                   html_figure(residual_histogram(histogram), kRunPrefix) +
                   html_table(histogram_table(histogram), "Layers and copies by deviation of their cycles");
    return section;
}

std::string timelines(const Subject& subject, const ValidatedRun& run)
{
    const TileTimeline& tile = run.timeline->longest_tile();
    if (tile.steps.empty() || tile.duration() == 0) return {};
    return html_figure(run_timeline(subject, run), kRunPrefix) + html_figure(tile_timeline(subject, run), kRunPrefix) +
           html_table(tile_step_table(subject, tile), "Steps of that tile") +
           html_table(tile_port_table(subject, tile), "Ports while it runs");
}

Section ports(const Subject& subject, const ValidatedRun& run)
{
    Section section{"ports", "Ports over time", {}};
    if (run.timeline != nullptr) section.html += timelines(subject, run);
    section.html += html_table_if_any(port_table(subject, run.comparison), "Busy ports");
    if (run.counters == nullptr) return section;
    section.html += html_table_if_any(port_table(subject, *run.counters), "What ports do and wait for, in the machine");
    section.html +=
        html_table_if_any(array_table(subject, *run.counters), "What the MAC array does and waits for, in the machine");
    return section;
}

Section causes(const Subject& subject, const ValidatedRun& run)
{
    Section section{"causes", "Why they differ", {}};
    const Table accesses = access_cause_table(subject.accelerator, run.why);
    const Table steps = step_phase_table(run.why);
    if (accesses.empty() && steps.empty()) {
        section.html = paragraph("Nothing deviates.");
        return section;
    }
    section.html = html_table_if_any(accesses, "Accesses by cause");
    if (!accesses.empty())
        section.html += paragraph(explained_text("accesses", explained_accesses(run.why), "words", 1));
    section.html += html_table_if_any(steps, "Cycles by phase");
    if (!steps.empty()) section.html += paragraph(explained_text("cycles", explained_cycles(run.why), "cycles", 0));
    section.html +=
        html_table_if_any(stall_cause_table(subject.accelerator, run.why), "What the machine stalls for meanwhile");
    return section;
}

std::vector<Section> sections_of(const Subject& subject, const ValidatedRun& run, const PageNotes& notes)
{
    std::vector<Section> all{
        accesses(subject, run),
        latency(subject, run),
        ports(subject, run),
        residuals(run),
        causes(subject, run),
        {"one-sided", "Said by one side only", html_table_if_any(one_sided_table(run.comparison), "")},
        {"inputs", "Inputs and versions", html_inputs(notes)}};
    all.erase(std::remove_if(all.begin(), all.end(), [](const Section& section) { return section.html.empty(); }),
              all.end());
    return all;
}

std::string navigation(const std::vector<Section>& sections)
{
    std::string html = "<nav class=\"screen\" aria-label=\"sections\"><ul>\n";
    for (const Section& section : sections)
        html += "<li><a href=\"#" + section.id + "\">" + escaped(section.heading) + "</a></li>\n";
    return html + "</ul></nav>";
}

std::string text_of(const std::vector<Section>& sections)
{
    std::string html;
    for (const Section& section : sections) html += html_section(section.id, section.heading, section.html);
    return html;
}

std::string facts(const ValidatedRun& run, const PageNotes& notes)
{
    std::vector<std::pair<std::string, std::string>> facts{
        {"predicted by", source_text(run.comparison.predicted_by)},
        {simulated_name(run.comparison) + " by", source_text(run.comparison.simulated_by)}};
    facts.insert(facts.end(), notes.options.begin(), notes.options.end());
    return html_facts(facts);
}

}  // namespace

std::string validate_html(const Subject& subject, const ValidatedRun& run, const PageNotes& notes,
                          const ValidatePageAssets& assets)
{
    const std::vector<Section> sections = sections_of(subject, run, notes);
    const std::string pair = subject.workload.name() + " on " + subject.accelerator.name();
    return filled_page(assets.page, notes, assets.shared,
                       {{"title", escaped(pair + ": predicted and " + simulated_name(run.comparison))},
                        {"schedule", escaped(headline(subject))},
                        {"verdict_class", run.comparison.within_tolerance ? "within" : "beyond"},
                        {"verdict", escaped(conclusion(run.comparison, run.tolerances))},
                        {"facts", facts(run, notes)},
                        {"totals", html_table_if_any(total_table(subject, run.comparison), "Totals")},
                        {"navigation", navigation(sections)},
                        {"sections", text_of(sections)}});
}

}  // namespace plumbline::validate
