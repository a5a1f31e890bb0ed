// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/observations.hpp"

#include "plumbline/sim/energy.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::sim {
namespace {

/// As a field.
std::string quoted(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char each : text) quoted += each == '"' ? std::string{"\"\""} : std::string{each};
    return quoted + '"';
}

/// Layer and step.
std::string place(const Workload& workload, const Activity& activity)
{
    const std::string layer = activity.layer ? quoted(workload.layer(*activity.layer).name) : std::string{};
    return layer + (activity.kind == Activity::Kind::copy ? ",copy" : ",");
}

/// Where there are columns of accesses, a row of times has none of them.
class Rows {
public:
    Rows(std::ostream& out, Observed observed) : out_{&out}, accesses_{observed == Observed::everything}
    {
        out << (accesses_ ? "layer,step,memory,operand,direction,words,phase,time_cycles,energy_pj\n"
                          : "layer,step,phase,time_cycles\n");
    }

    void add(const std::string& place, const std::string& border, Accesses words)
    {
        *out_ << place << ',' << border << ',' << shortest_text(words.count()) << ",,,\n";
    }
    void add(const std::string& place, const char* phase, Cycles cycles, const std::string& energy = {})
    {
        *out_ << place << (accesses_ ? ",,,,," : ",") << phase << ',' << cycles.count();
        *out_ << (accesses_ ? "," + energy : energy) << '\n';
    }

private:
    std::ostream* out_;
    bool accesses_;
};

void add(Rows& rows, const std::string& place, const ActivityTime& time)
{
    if (time.activity.kind == Activity::Kind::copy) return rows.add(place, "", time.cycles);
    rows.add(place, "loading", time.loading);
    rows.add(place, "computing", time.cycles - time.loading - time.offloading);
    rows.add(place, "offloading", time.offloading);
}

std::string border(const plumbline::Accelerator& accelerator, const Traffic& traffic)
{
    return quoted(accelerator.memory(traffic.memory).name) + ',' + std::string{name_of(traffic.operand)} + ',' +
           std::string{name_of(traffic.direction)};
}

}  // namespace

std::string observations(const plumbline::Accelerator& accelerator, const Workload& workload, const Counters& counters,
                         Observed observed)
{
    TextStream out;
    Rows rows{out, observed};
    std::string spent;
    if (observed == Observed::everything) {
        spent = shortest_text(energy(accelerator, counters).count());
        for (const Traffic& each : counters.traffic)
            rows.add(place(workload, each.activity), border(accelerator, each), each.words);
    }
    for (const ActivityTime& each : counters.times) add(rows, place(workload, each.activity), each);
    rows.add(",", "", counters.cycles, spent);
    return out.str();
}

}  // namespace plumbline::sim
