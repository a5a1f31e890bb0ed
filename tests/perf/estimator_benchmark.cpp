// SPDX-License-Identifier: Apache-2.0
// What an evaluation costs under each estimator: the energy of a mapping, or its energy and latency, as a search asks for
// them, over all orders of a layer's loops. Layers have partly filled lanes, so that `refined` has edges to count.
//
// Goal: `refined` takes at most twice the time of `uniform`; anything else is an error.
#include <cstdio>
#include <ctime>
#include <string>

#include <benchmark/benchmark.h>

#include "cost/layer_evaluation.hpp"
#include "mapper/orders/loop_factors.hpp"
#include "mapper/spatial_mapping.hpp"
#include "model/mapper/orders/plain_allocation.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;
constexpr int kFactors = 6;

/// Orders of the loops of one layer on a tile, with their cuts.
class Mappings {
public:
    Mappings(const std::string& accelerator, const std::string& network, LayerId layer, std::int64_t tile)
        : accelerator_{io::read_accelerator(kPlatforms + "/accelerators/" + accelerator + "_df.yaml")},
          rules_{io::read_mapping(kPlatforms + "/mappings/" + accelerator + ".yaml", accelerator_)},
          workload_{io::read_workload(io::DescriptionFolder{kPlatforms}, network, "workload")}
    {
        problem_.accelerator = &accelerator_;
        problem_.layer = &workload_.layer(layer);
        problem_.rule = &rules_.rule_for(*problem_.layer);
        problem_.sizes = problem_.layer->sizes;
        for (LoopDim dim : {LoopDim::ox, LoopDim::oy}) problem_.sizes[dim] = std::min(problem_.sizes[dim], tile);
        problem_.levels.push_back(accelerator_.levels(MemoryOperand::o));
        for (const Operand& input : problem_.layer->inputs)
            problem_.levels.push_back(accelerator_.levels(problem_.rule->link_of(input)));
        unrollings_ = detail::fit_unrollings(*problem_.rule, problem_.sizes, accelerator_.array());
        allocate_all();
    }

    detail::CostModel model(Estimator estimator) const
    {
        return detail::make_cost_model(accelerator_, *problem_.layer, detail::spatial_mapping(problem_, unrollings_),
                                       estimator);
    }

    std::size_t size() const { return cuts_.size(); }

    enum class Asked { energy, energy_and_latency };
    /// Of all mappings; the sum is something to compute.
    double evaluate(const detail::CostModel& model, Asked asked) const
    {
        double sum = 0;
        for (const detail::LoopCuts& cuts : cuts_) {
            detail::Evaluation evaluation{model, cuts};
            sum += evaluation.energy();
            if (asked == Asked::energy_and_latency) sum += static_cast<double>(evaluation.latency());
        }
        return sum;
    }

private:
    void allocate_all()
    {
        const detail::CostModel uniform = model(Estimator::uniform);
        const detail::LayerFacts& layer = uniform.layer();
        const detail::SharedMemories memories = detail::shared_memories(problem_, layer);
        const auto less = [](const TemporalLoop& a, const TemporalLoop& b) {
            return a.dim != b.dim ? a.dim < b.dim : a.size < b.size;
        };
        auto order = detail::loop_factors(detail::temporal_sizes(problem_.sizes, unrollings_), kFactors);
        do orders_.push_back(order);
        while (std::next_permutation(order.begin(), order.end(), less));
        for (const auto& loops : orders_) {
            detail::LoopCuts cuts{};
            if (test::plain::allocate(layer, memories, loops.data(), loops.size(), cuts)) cuts_.push_back(cuts);
        }
    }

    Accelerator accelerator_;
    MappingRules rules_;
    Workload workload_;
    MappingProblem problem_;
    std::vector<detail::FittedUnrolling> unrollings_;
    std::vector<std::vector<TemporalLoop>> orders_;
    std::vector<detail::LoopCuts> cuts_;
};

/// Of this process: the machine may do other things meanwhile.
double seconds(const Mappings& mappings, const detail::CostModel& model, Mappings::Asked asked)
{
    const std::clock_t begin = std::clock();
    benchmark::DoNotOptimize(mappings.evaluate(model, asked));
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// The estimators take turns, so that whatever else the machine does slows both.
void evaluate(benchmark::State& state, const std::string& accelerator, const std::string& network, LayerId layer,
              std::int64_t tile, Mappings::Asked asked)
{
    const Mappings mappings{accelerator, network, layer, tile};
    const detail::CostModel uniform = mappings.model(Estimator::uniform);
    const detail::CostModel refined = mappings.model(Estimator::refined);
    double uniform_time = 0;
    double refined_time = 0;
    for (auto _ : state) {
        uniform_time += seconds(mappings, uniform, asked);
        refined_time += seconds(mappings, refined, asked);
    }
    const double evaluations = static_cast<double>(mappings.size()) * static_cast<double>(state.iterations());
    char text[96];
    std::snprintf(text, sizeof text, "%zu mappings, uniform %.0f ns, refined %.0f ns: %.2f times", mappings.size(),
                  uniform_time / evaluations * 1e9, refined_time / evaluations * 1e9, refined_time / uniform_time);
    state.SetLabel(text);
    if (refined_time > 2 * uniform_time) state.SkipWithError(text);
}

using Asked = Mappings::Asked;
constexpr auto kUnit = benchmark::kMillisecond;
BENCHMARK_CAPTURE(evaluate, meta_fsrcnn_3x3_energy, "meta_prototype", "fsrcnn", 2, 46, Asked::energy)->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, meta_fsrcnn_3x3, "meta_prototype", "fsrcnn", 2, 46, Asked::energy_and_latency)->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, meta_fsrcnn_1x1, "meta_prototype", "fsrcnn", 1, 58, Asked::energy_and_latency)->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, meta_resnet18_3x3_energy, "meta_prototype", "defines/resnet18", 2, 17, Asked::energy)
    ->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, meta_resnet18_3x3, "meta_prototype", "defines/resnet18", 2, 17, Asked::energy_and_latency)
    ->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, meta_mobilenetv1_depthwise, "meta_prototype", "defines/mobilenetv1", 1, 23,
                  Asked::energy_and_latency)
    ->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, tpu_3x3_energy, "tpu_like", "fsrcnn", 2, 46, Asked::energy)->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, tpu_3x3, "tpu_like", "fsrcnn", 2, 46, Asked::energy_and_latency)->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, ascend_3x3_energy, "ascend_like", "defines/resnet18", 2, 17, Asked::energy)->Unit(kUnit);
BENCHMARK_CAPTURE(evaluate, ascend_3x3, "ascend_like", "defines/resnet18", 2, 17, Asked::energy_and_latency)
    ->Unit(kUnit);

}  // namespace
