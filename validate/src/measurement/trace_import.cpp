// SPDX-License-Identifier: Apache-2.0
#include "measurement/trace_import.hpp"

#include <algorithm>
#include <vector>

#include "measurement/error_location.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/vcd.hpp"

namespace plumbline::validate {
namespace {

using io::TraceMapping;
using io::TraceRule;
using io::TraceSlice;
using io::TraceTime;
using io::TraceValue;
using sim::Activity;

/// Names that a rule takes from an event, settled.
class MappedSlice {
public:
    MappedSlice(const TraceRule& rule, const TraceSlice& slice, const RunRecordBuilder& builder)
        : rule_{&rule},
          slice_{&slice},
          builder_{&builder}
    {}

    Border border() const
    {
        return builder_->border(needed(rule_->memory, "memory"), needed(rule_->operand, "operand"),
                                needed(rule_->direction, "direction"));
    }

    /// Nothing for the whole run: a computation whose rule names no layer.
    MaybeActivity activity() const
    {
        const auto name = rule_->layer ? rule_->layer->of(*slice_) : std::nullopt;
        const auto layer = name ? std::optional<LayerId>{builder_->layer(*name)} : std::nullopt;
        if (rule_->step == "copy") return Activity{Activity::Kind::copy, layer};
        if (rule_->layer && !layer) throw InputError{"layer", "'" + slice_->name + "' does not say which"};
        return layer ? MaybeActivity{{Activity::Kind::compute, layer}} : std::nullopt;
    }

    double amount() const
    {
        if (rule_->amount->argument.empty()) return rule_->amount->count;
        const auto argument = slice_->arguments.find(rule_->amount->argument);
        if (argument == slice_->arguments.end() || !argument->second.number) {
            throw InputError{"args." + rule_->amount->argument,
                             "of '" + slice_->name + "' is missing or no number, expected an amount"};
        }
        const double value = *argument->second.number;
        if (value < 0) {
            throw InputError{
                "args." + rule_->amount->argument,
                "of '" + slice_->name + "' is " + argument->second.text.value_or("") + ", expected at least 0"};
        }
        return value;
    }

private:
    std::string needed(const std::optional<TraceValue>& value, const char* field) const
    {
        const auto text = value ? value->of(*slice_) : std::nullopt;
        if (!text) throw InputError{field, "'" + slice_->name + "' does not say which"};
        return *text;
    }

    const TraceRule* rule_;
    const TraceSlice* slice_;
    const RunRecordBuilder* builder_;
};

/// From the first beginning to the last end.
struct Extent {
    std::optional<double> begin;
    double end = 0;

    void add(const TraceSlice& slice)
    {
        begin = begin ? std::min(*begin, slice.begin_us) : slice.begin_us;
        end = std::max(end, slice.begin_us + slice.duration_us);
    }
};

/// What one rule makes of one event, or what our own traces mean by one.
void apply(const TraceRule& rule, const TraceSlice& slice, double cycles, RunRecordBuilder& builder)
{
    const MappedSlice mapped{rule, slice, builder};
    if (rule.amount) {
        builder.add_accesses(mapped.activity(), mapped.border(), mapped.amount(), rule.amount->unit, cycles);
    }
    if (rule.time == TraceTime::step) builder.add_time(*mapped.activity(), *stated_phase_named(rule.phase), cycles);
}

TraceValue argument(const char* name) { return {TraceValue::Kind::argument, name}; }

/// Slices of ports in our own traces: for a layer, or for the copies before one.
TraceRule own_rule(const char* layer, const char* step)
{
    TraceRule rule;
    rule.match.arguments = {{"direction", "*"}, {"granules", "*"}, {layer, "*"}};
    rule.memory = TraceValue{TraceValue::Kind::field, "process"};
    rule.operand = argument("operand");
    rule.direction = argument("direction");
    rule.layer = argument(layer);
    rule.step = step;
    rule.amount = io::TraceAmount{"granules", 0, io::AmountUnit::granules};
    return rule;
}

/// Our own traces name the layer in a step; phases follow the step that they belong to.
class OwnTrace {
public:
    explicit OwnTrace(RunRecordBuilder& builder) : builder_{&builder} {}

    void take(const TraceSlice& slice)
    {
        if (slice.category == "step") take_step(slice);
        if (slice.category == "phase") builder_->add_time(step_, *stated_phase_named(slice.name), slice.duration_us);
        for (const TraceRule& rule : rules_) {
            if (rule.match.matches(slice)) apply(rule, slice, slice.duration_us, *builder_);
        }
    }

    void finish()
    {
        if (run_.begin) builder_->add_run_time(run_.end - *run_.begin);
    }

private:
    void take_step(const TraceSlice& slice)
    {
        run_.add(slice);
        const bool computes = slice.arguments.count("layer") > 0;
        const TraceRule& rule = rules_[computes ? 0 : 1];
        step_ = *MappedSlice{rule, slice, *builder_}.activity();
        if (!computes) builder_->add_time(step_, StatedPhase::total, slice.duration_us);
    }

    RunRecordBuilder* builder_;
    std::vector<TraceRule> rules_{own_rule("layer", "compute"), own_rule("before_layer", "copy")};
    Activity step_;
    Extent run_;
};

double cycle_of(const TraceMapping& mapping, std::optional<double> cycle_ns)
{
    return cycle_ns.value_or(mapping.cycle_ns.value_or(1));
}

/// Whether the names of rules that take nothing from events are known, said before any event.
void check_names(const TraceMapping& mapping, const std::vector<TraceRule>& rules, const RunRecordBuilder& builder)
{
    const auto literal = [](const std::optional<TraceValue>& value) {
        return value && value->kind == TraceValue::Kind::literal;
    };
    for (const TraceRule& rule : rules) {
        at(mapping.file, rule.line, [&] {
            if (literal(rule.memory)) builder.memory(rule.memory->text);
            if (literal(rule.memory) && literal(rule.port)) {
                builder.port(builder.memory(rule.memory->text), rule.port->text);
            }
            if (literal(rule.operand)) RunRecordBuilder::operand(rule.operand->text);
            if (literal(rule.direction)) RunRecordBuilder::direction(rule.direction->text);
            if (literal(rule.memory) && literal(rule.operand) && literal(rule.direction)) {
                builder.border(rule.memory->text, rule.operand->text, rule.direction->text);
            }
            if (literal(rule.layer)) builder.layer(rule.layer->text);
        });
    }
}

void add_signal(const TraceRule& rule, double cycles, RunRecordBuilder& builder)
{
    const TraceSlice slice;
    const MappedSlice mapped{rule, slice, builder};
    if (rule.amount) {
        builder.add_accesses(mapped.activity(), mapped.border(), rule.amount->count * cycles, rule.amount->unit);
    }
    if (rule.port) {
        const MemoryId memory = builder.memory(rule.memory->text);
        builder.add_busy(memory, builder.port(memory, rule.port->text), cycles);
    }
    if (rule.time == TraceTime::step) builder.add_time(*mapped.activity(), *stated_phase_named(rule.phase), cycles);
    if (rule.time == TraceTime::run) builder.add_run_time(cycles);
}

}  // namespace

void import_own_trace(const std::string& path, RunRecordBuilder& builder)
{
    OwnTrace trace{builder};
    io::read_trace_slices(path, [&](const TraceSlice& slice) { at(path, slice.line, [&] { trace.take(slice); }); });
    at(path, 0, [&] { trace.finish(); });
}

void import_trace(const std::string& path, const TraceMapping& mapping, std::optional<double> cycle_ns,
                  RunRecordBuilder& builder)
{
    check_names(mapping, mapping.events, builder);
    const double cycle = cycle_of(mapping, cycle_ns);
    const auto in_cycles = [&](double us) { return io::cycles(us, io::TimeUnit::microseconds, cycle); };
    std::vector<bool> used(mapping.events.size());
    std::vector<Extent> runs(mapping.events.size());
    io::read_trace_slices(path, [&](const TraceSlice& slice) {
        for (std::size_t i = 0; i < mapping.events.size(); ++i) {
            if (!mapping.events[i].match.matches(slice)) continue;
            used[i] = true;
            runs[i].add(slice);
            at(path, slice.line, [&] { apply(mapping.events[i], slice, in_cycles(slice.duration_us), builder); });
        }
    });
    for (std::size_t i = 0; i < mapping.events.size(); ++i) {
        const TraceRule& rule = mapping.events[i];
        if (!used[i]) throw mapping.error(rule, "matches no event of " + path);
        if (rule.time != TraceTime::run) continue;
        at(mapping.file, rule.line, [&] { builder.add_run_time(in_cycles(runs[i].end - *runs[i].begin)); });
    }
}

void import_vcd(const std::string& path, const TraceMapping& mapping, std::optional<double> cycle_ns,
                RunRecordBuilder& builder)
{
    if (mapping.signals.empty()) throw InputError{SourceLocation{mapping.file, 0, "signals"}, "is missing or empty"};
    check_names(mapping, mapping.signals, builder);
    std::vector<io::VcdQuery> queries;
    for (const TraceRule& rule : mapping.signals) queries.push_back({rule.signal, rule.active});
    const io::VcdTimes times = io::measure_signals(path, queries);
    const double cycle = cycle_of(mapping, cycle_ns);
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const TraceRule& rule = mapping.signals[i];
        const double cycles = io::cycles(times.active_ps[i], io::TimeUnit::picoseconds, cycle);
        at(mapping.file, rule.line, [&] { add_signal(rule, cycles, builder); });
    }
}

}  // namespace plumbline::validate
