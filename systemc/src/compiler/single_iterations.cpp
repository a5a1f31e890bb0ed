// SPDX-License-Identifier: Apache-2.0
#include "compiler/single_iterations.hpp"

#include "compiler/iteration_kinds.hpp"

namespace plumbline::sim {

void append_single_iterations(LayerProgram& program, const IterationSpace& space, LayerTraffic& traffic,
                              const TransferTable& transfers, const PortMap& ports)
{
    IterationKinds kinds{space, traffic, transfers, ports};
    program.chunks.reserve(static_cast<std::size_t>(program.iterations));
    for (std::int64_t i = 0; i < program.iterations; ++i) program.chunks.push_back({i, 1, kinds.of(i)});
    for (std::size_t i = 0; i < kinds.count(); ++i) {
        program.works.push_back({kinds[i].macs, 1, kinds[i].accesses, kinds[i].uses, nullptr});
    }
}

}  // namespace plumbline::sim
