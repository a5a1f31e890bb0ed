// SPDX-License-Identifier: Apache-2.0
// Prints how far the fidelity `transaction` is from `cycle`: on generated machines, or on one full tile of each of the
// five networks on each of the ten accelerators. Exits with 1 where counters differ or latencies do by more than 1 %, or
// time is not accounted for. Columns: cycles at `cycle` and at `transaction`; by how much these differ; the most that
// any cause of waiting of the MAC array does, and the stalled cycles of any port, in % of the run.
//
//     build/release/bin/fidelity_deviation generated 1000 [first seed]
//     build/release/bin/fidelity_deviation networks
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "systemc/deviation.hpp"
#include "systemc/full_tile.hpp"
#include "systemc/generated_machine.hpp"
#include "test_data.hpp"

namespace plumbline::sim {
namespace {

constexpr double kAllowed = 0.01;

bool within(const Deviation& deviation)
{
    return deviation.equal_counters && deviation.violation.empty() && std::abs(deviation.relative()) <= kAllowed;
}

void print(const std::string& what, const Deviation& each)
{
    std::printf("%-36s %12lld %12lld %+9.3f %% %9.3f %% %9.3f %% %s %s\n", what.c_str(),
                static_cast<long long>(each.cycle.count()), static_cast<long long>(each.transaction.count()),
                100 * each.relative(), 100 * each.array_apart, 100 * each.ports_apart,
                each.equal_counters ? "" : "counters differ", each.violation.c_str());
    std::fflush(stdout);
}

void print_distribution(const std::vector<Deviation>& all)
{
    std::printf("machines with a deviation of at most");
    for (double limit : {0.0, 0.001, 0.002, 0.005, kAllowed}) {
        const auto at_most = [limit](const Deviation& each) { return std::abs(each.relative()) <= limit; };
        std::printf("  %g %%: %td", 100 * limit, std::count_if(all.begin(), all.end(), at_most));
    }
    std::printf("  of %zu\n", all.size());
}

int generated(unsigned count, unsigned first)
{
    std::deque<generated::GeneratedMachine> machines;
    Deviations deviations;
    for (unsigned seed = first; seed < first + count; ++seed) {
        machines.push_back(generated::generated_machine(seed));
        const auto& [accelerator, workload, schedule] = machines.back();
        deviations.add(accelerator, workload, schedule);
    }
    const std::vector<Deviation> all = deviations.run();
    for (std::size_t i = 0; i < all.size(); ++i) print("seed " + std::to_string(first + i), all[i]);
    print_distribution(all);
    return std::all_of(all.begin(), all.end(), within) ? 0 : 1;
}

/// In a process of its own: the kernel runs once per process.
bool tile(const std::string& accelerator, const std::string& network)
{
    const pid_t child = fork();
    if (child == 0) {
        const FullTile each = full_tile(kPlatformsFolder, accelerator, network);
        Deviations deviations;
        deviations.add(each.accelerator, each.workload, each.schedule,
                       [&](const TileClass& tile) { return is_typical(each.schedule, tile); });
        const Deviation deviation = deviations.run().front();
        print(network + " on " + accelerator, deviation);
        _exit(within(deviation) ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    return status == 0;
}

int networks()
{
    bool all_within = true;
    for (const char* family : {"meta_prototype", "tpu_like", "edge_tpu_like", "ascend_like", "tesla_npu_like"}) {
        for (const char* variant : {"", "_df"}) {
            for (const char* network : {"fsrcnn", "mccnn", "dmcnnvd", "defines/mobilenetv1", "defines/resnet18"})
                all_within = tile(std::string{family} + variant, network) && all_within;
        }
    }
    return all_within ? 0 : 1;
}

}  // namespace
}  // namespace plumbline::sim

int sc_main(int argc, char* argv[])
{
    if (argc == 2 && std::strcmp(argv[1], "networks") == 0) return plumbline::sim::networks();
    const auto number = [&](int index, int otherwise) {
        return static_cast<unsigned>(argc > index ? std::atoi(argv[index]) : otherwise);
    };
    if (argc >= 2 && std::strcmp(argv[1], "generated") == 0) {
        return plumbline::sim::generated(number(2, 200), number(3, 0));
    }
    std::puts("usage: fidelity_deviation generated [machines] [first seed] | networks");
    return 2;
}
