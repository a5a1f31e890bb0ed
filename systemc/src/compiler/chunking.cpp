// SPDX-License-Identifier: Apache-2.0
#include "compiler/chunking.hpp"

#include <algorithm>

#include "chunk_timing/chunk_pattern.hpp"
#include "compiler/chunk_work.hpp"

namespace plumbline::sim {
namespace {

/// No chunk is longer than that of as few innermost loops as make so many.
constexpr std::int64_t kLongestChunk = 64;

/// Iterations after which a link may begin something, or before which it must have ended something.
void append_marks(std::vector<std::int64_t>& marks, const LinkProgram& link)
{
    for (std::int64_t visit = 1; visit < link.visits(); ++visit) {
        const std::int64_t begin = visit * link.blocks.visit;
        marks.push_back(begin);
        marks.push_back(link.blocks.fill_after(visit));
        if (link.blocks.depth == 1 && link.blocks.drains_blocks) marks.push_back(begin + link.blocks.pass);
    }
}

std::vector<std::int64_t> ends_of_chunks(const LayerProgram& program, std::int64_t longest)
{
    std::vector<std::int64_t> marks;
    for (std::int64_t end = longest; end <= program.iterations; end += longest) marks.push_back(end);
    for (const LinkProgram& link : program.links) append_marks(marks, link);
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    return marks;
}

}  // namespace

void append_chunks(LayerProgram& program, const IterationSpace& space, LayerTraffic& traffic,
                   const TransferTable& transfers, const PortMap& ports)
{
    const std::int64_t round_length = iterations_of_at_least(space, kCoarseVisit);
    const std::int64_t longest = iterations_of_at_least(space, kLongestChunk);
    ChunkWorks works{space, traffic, transfers, ports, round_length};
    std::int64_t first = 0;
    for (std::int64_t end : ends_of_chunks(program, longest)) {
        if (end <= first || end > program.iterations) continue;
        program.chunks.push_back({first, end - first, works.work(first, end - first)});
        first = end;
    }
    program.works = works.take();
}

}  // namespace plumbline::sim
