// SPDX-License-Identifier: Apache-2.0
#include "compiler/link_program.hpp"

namespace plumbline::sim {
namespace {

/// The first fill and the last drain, as if there were one visit; the rest is steady traffic.
void append_ends(LinkProgram& program, LinkTraffic& link)
{
    const std::int64_t visits = link.visits().count();
    program.blocks.visit = program.blocks.pass = link.visits().iterations() * visits;
    program.fills.push_back(link.fill(0));
    if (link.view().is_output()) program.drains.push_back(link.drain(visits - 1));
}

void append_visits(LinkProgram& program, LinkTraffic& link)
{
    program.blocks.visit = link.visits().iterations();
    program.blocks.pass = link.visits().pass();
    for (std::int64_t visit = 0; visit < link.visits().count(); ++visit) {
        program.fills.push_back(link.fill(visit));
        if (link.view().is_output()) program.drains.push_back(link.drain(visit));
    }
}

LinkProgram link_program(LinkTraffic& link, bool fine)
{
    LinkProgram program;
    program.operand = link.view().memory_operand;
    program.stream = link.stream();
    program.level = link.level();
    program.blocks.depth = link.depth();
    program.blocks.drains_blocks = link.view().is_output();
    fine ? append_ends(program, link) : append_visits(program, link);
    return program;
}

}  // namespace

std::vector<LinkProgram> link_programs(LayerTraffic& traffic, Fidelity fidelity)
{
    std::vector<LinkProgram> programs;
    bool above_fine = false;
    for (LinkTraffic& link : traffic.links) {
        const bool fine = fidelity == Fidelity::transaction && is_fine(link);
        if (link.level() == 0) above_fine = false;
        programs.push_back(link_program(link, fine));
        programs.back().above_fine = above_fine && !fine;
        programs.back().after_fine = above_fine || fine;
        above_fine = fine;
    }
    return programs;
}

}  // namespace plumbline::sim
