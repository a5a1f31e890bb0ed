// SPDX-License-Identifier: Apache-2.0
// Prints how far the fidelity `transaction` is from `cycle` on generated machines.
//
//     build/release/bin/fidelity_deviation [machines] [first seed]
#include <cstdio>
#include <cstdlib>

#include "deviation.hpp"

int sc_main(int argc, char* argv[])
{
    using namespace plumbline;
    const unsigned count = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 200;
    const unsigned first = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 0;
    const std::vector<sim::Deviation> all = sim::deviations(first, count);
    for (const sim::Deviation& each : all) {
        std::printf("seed %4u  cycle %7lld  transaction %7lld  %+7.3f %%  counters %s\n", each.seed,
                    static_cast<long long>(each.cycle.count()), static_cast<long long>(each.transaction.count()),
                    100 * each.relative(), each.equal_counters ? "equal" : "DIFFER");
    }
    return 0;
}
