// SPDX-License-Identifier: Apache-2.0
// Sums up what files say, piece by piece, into a run record.
//
// Importers find out what a piece means; names and doubts are settled here. Errors name a field ("memory", "operand", …):
// the importer knows where it stands and adds that.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "measurement/border.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/io/trace_units.hpp"
#include "plumbline/validate/run_record.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::validate {

enum class StatedPhase : std::uint8_t { total, computing, loading, offloading };
std::optional<StatedPhase> stated_phase_named(std::string_view name);

using MaybeActivity = std::optional<sim::Activity>;

class RunRecordBuilder {
public:
    /// Both must outlive the builder.
    RunRecordBuilder(const Accelerator& accelerator, const Workload& workload)
        : accelerator_{&accelerator},
          workload_{&workload}
    {}

    const Accelerator& accelerator() const { return *accelerator_; }

    /// By name. \throws InputError that lists what there is, in all of these
    MemoryId memory(const std::string& name) const;
    PortId port(MemoryId memory, const std::string& name) const;
    /// "I1", "I2", "O", or the usual letters of layers: "I", "W".
    static MemoryOperand operand(const std::string& name);
    static Direction direction(const std::string& name);
    /// \throws InputError where the memory has no port for this, too
    Border border(const std::string& memory, const std::string& operand, const std::string& direction) const;
    /// By name, or by number.
    LayerId layer(const std::string& name) const;

    /// \throws InputError where accesses of the whole run meet those of layers; in all of these, where a sum exceeds 2^53
    void add_accesses(const MaybeActivity& activity, const Border& border, double amount, io::AmountUnit unit,
                      std::optional<double> cycles = {});
    /// \throws InputError where a total meets phases
    void add_time(const sim::Activity& activity, StatedPhase phase, double cycles);
    void add_busy(MemoryId memory, PortId port, double cycles);
    /// \throws InputError the second time
    void add_run_time(double cycles);
    void add_energy(Picojoules energy);
    /// Where files give one result for a layer. \param place "line 2" \throws InputError the second time
    void begin_result(LayerId layer, const std::string& place);

    /// Nothing of the kind has been said.
    bool run_time_unknown() const { return !cycles_; }
    bool empty() const;
    /// Sum over all layers of the network; nothing unless all are there.
    std::optional<double> time_of_all_layers() const;
    /// \throws InputError where a step has phases, but not all
    RunRecord run_record(std::string source) const;

private:
    /// Copies before a layer come before it; nothing stands for the whole run, the stack's input for -1.
    using StepKey = std::pair<LayerId, sim::Activity::Kind>;
    using AccessKey = std::pair<std::optional<StepKey>, Border>;
    struct Amount {
        double words = 0;
        std::optional<double> cycles;
    };
    struct Times {
        std::optional<double> total;
        std::map<StatedPhase, double> phases;
    };

    static StepKey key(const sim::Activity& activity);
    static sim::Activity activity(const StepKey& key);
    StepEntry step(const StepKey& key, const Times& times) const;

    const Accelerator* accelerator_;
    const Workload* workload_;
    std::map<AccessKey, Amount> accesses_;
    std::map<Border, bool> by_layer_;  ///< else of the whole run
    std::map<StepKey, Times> times_;
    std::map<std::pair<MemoryId, PortId>, double> busy_;
    std::optional<double> cycles_;
    std::optional<Picojoules> energy_;
    std::map<LayerId, std::string> results_;  ///< and where they stand
};

}  // namespace plumbline::validate
