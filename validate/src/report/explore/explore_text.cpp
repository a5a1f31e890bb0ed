// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "report/explore/explore_tables.hpp"

#include "plumbline/text_stream.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

void write_infeasible(std::ostream& out, const ExploredSpace& space, const Findings& findings, std::size_t rows)
{
    if (findings.infeasible.empty()) return;
    out << infeasible_table(space, findings, rows);
    if (rows < findings.infeasible.size()) out << "... and " << findings.infeasible.size() - rows << " more\n";
    out << '\n';
}

void write_space(std::ostream& out, const Exploration& exploration, const ExploredSpace& space,
                 const Findings& findings, std::size_t top)
{
    const auto shown = [top](const std::vector<std::size_t>& all) {
        return top == 0 ? all.size() : std::min(top, all.size());
    };
    out << pair_name(space) << ": " << counted(space.points.size(), "point") << ", " << findings.infeasible.size()
        << " infeasible; capacity " << name_of(exploration.capacity) << ", best by " << goal_text(exploration.goal)
        << "\n\n";
    if (findings.best) {
        const std::size_t rows = shown(findings.ranking);
        out << point_table(exploration, space, findings, rows);
        if (rows < findings.ranking.size()) out << "... and " << findings.ranking.size() - rows << " more\n";
        const std::optional<SearchProof>& search = space.points[*findings.best].search;
        if (search) out << "best, " << proof_line(*search);
        out << '\n';
    }
    write_infeasible(out, space, findings, shown(findings.infeasible));
    if (!findings.best) return;
    if (!space.references.empty()) out << reference_table(space, findings) << '\n';
    out << view_table(space, findings);
}

}  // namespace

std::string explore_text(const Exploration& exploration, std::size_t top)
{
    std::vector<Findings> findings;
    for (const ExploredSpace& space : exploration.spaces) findings.push_back(findings_of(space, exploration.goal));
    TextStream out;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (i > 0) out << '\n';
        write_space(out, exploration, exploration.spaces[i], findings[i], top);
    }
    if (findings.size() > 1) out << '\n' << overview_table(exploration, findings);
    return out.str();
}

}  // namespace plumbline::validate
