// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/model_predictor.hpp"

#include "plumbline/schedule_cost.hpp"
#include "plumbline/validate/energy.hpp"
#include "plumbline/validate/run_record.hpp"

namespace plumbline::validate {

ModelPredictor::ModelPredictor(const Accelerator& accelerator, Estimator estimator)
    : described_{accelerator},
      estimator_{estimator},
      timed_{accelerator, estimator}
{}

void ModelPredictor::add(const std::string& name, const Workload& workload, const Schedule& schedule)
{
    const ScheduleCost cost = predict(described_, workload, schedule, estimator_);
    const RunRecord record = run_record_of(cost);
    Run run{timed_.add(workload, schedule), quantities_of(record, described_, workload), cost.macs(), {}};
    run.words.resize(described_.memories().size());
    for (const AccessEntry& each : record.accesses) {
        Words& words = run.words[each.memory];
        (is_read(each.direction) ? words.read : words.written) += each.words.count();
    }
    runs_.emplace(name, std::move(run));
}

double ModelPredictor::energy(const Accelerator& accelerator, const Run& run) const
{
    double energy = mac_energy(accelerator, run.macs).count();
    for (MemoryId id = 0; id < run.words.size(); ++id) {
        const Memory& memory = accelerator.memory(id);
        energy += run.words[id].read * memory.read_energy.count() + run.words[id].written * memory.write_energy.count();
    }
    return energy;
}

std::vector<Quantities> ModelPredictor::operator()(const Accelerator& accelerator,
                                                   const std::vector<std::string>& names) const
{
    std::vector<std::size_t> indices;
    indices.reserve(names.size());
    for (const std::string& name : names) indices.push_back(runs_.at(name).index);
    const std::vector<ScheduleCycles> cycles = timed_.cycles(accelerator, indices);
    std::vector<Quantities> all;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Run& run = runs_.at(names[i]);
        Quantities quantities = run.as_described;
        const auto set = [&](const char* name, Cycles value) { quantities[name] = static_cast<double>(value.count()); };
        set("loading", cycles[i].loading);
        set("computing", cycles[i].computing);
        set("offloading", cycles[i].offloading);
        set("copying", cycles[i].copying);
        set("total", cycles[i].total());
        quantities["energy"] = energy(accelerator, run);
        all.push_back(std::move(quantities));
    }
    return all;
}

}  // namespace plumbline::validate
