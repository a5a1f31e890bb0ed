// SPDX-License-Identifier: Apache-2.0
#include "execution/traces.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/perfetto_trace.hpp"
#include "plumbline/validate/vcd_trace.hpp"

namespace plumbline::cli {
namespace {

/// What listens, and what completes the text.
struct Listener {
    sim::Observer observer;
    sim::OffChipListener off_chip;
    std::function<void()> finish;
};

template <class Trace>
Listener listener(const Accelerator& accelerator, const Workload& workload, validate::TextSink sink)
{
    auto trace = std::make_shared<Trace>(accelerator, workload, std::move(sink));
    return {trace->observer(), {}, [trace] { trace->finish(); }};
}

/// Off-chip traffic, handed on in pieces that files like.
template <sim::DramTraceFormat format>
Listener dram_listener(const Accelerator&, const Workload&, validate::TextSink sink)
{
    constexpr std::streamoff kPiece = 1 << 16;
    auto text = std::make_shared<TextStream>();
    const auto hand_on = [text, sink = std::move(sink)] {
        sink(text->str());
        text->str({});
    };
    const auto told = [text, hand_on](const sim::OffChipTransaction& transaction) {
        sim::write(*text, transaction, {format});
        if (text->tellp() > kPiece) hand_on();
    };
    return {{}, told, hand_on};
}

struct Format {
    std::string_view ending;
    std::string_view name;
    Listener (*listener)(const Accelerator&, const Workload&, validate::TextSink);
};

constexpr std::array kFormats{
    Format{".json", "Perfetto", listener<validate::PerfettoTrace>},
    Format{".vcd", "waveforms", listener<validate::VcdTrace>},
    Format{".stl", "off-chip traffic for DRAMSys", dram_listener<sim::DramTraceFormat::dramsys>},
    Format{".ramulator", "off-chip traffic for Ramulator 2", dram_listener<sim::DramTraceFormat::ramulator2>},
};

const Format* format_of(const std::string& path)
{
    const auto* format =
        std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& each) { return path.ends_with(each.ending); });
    return format == kFormats.end() ? nullptr : format;
}

}  // namespace

std::string trace_formats()
{
    std::string all;
    for (const Format& format : kFormats) {
        if (!all.empty()) all += ", ";
        all += std::string{format.ending} + " (" + std::string{format.name} + ")";
    }
    return all;
}

bool is_trace(const std::string& path) { return format_of(path) != nullptr; }

Traces::Traces(const std::vector<std::string>& paths, const Accelerator& accelerator, const Workload& workload)
{
    for (const std::string& path : paths) {
        auto file = std::make_unique<OutputFile>(path);
        const auto write = [&to = *file](std::string_view text) { to.write(text); };
        auto [observer, off_chip, finish] = format_of(path)->listener(accelerator, workload, write);
        traces_.push_back({std::move(file), std::move(observer), std::move(off_chip), std::move(finish)});
    }
}

sim::Observer Traces::observer() const
{
    std::vector<sim::Observer> all;
    for (const Trace& trace : traces_) all.push_back(trace.observer);
    return sim::tell_all(all);
}

sim::OffChipListener Traces::off_chip() const
{
    std::vector<sim::OffChipListener> all;
    for (const Trace& trace : traces_) {
        if (trace.off_chip) all.push_back(trace.off_chip);
    }
    if (all.empty()) return {};
    return [all](const sim::OffChipTransaction& transaction) {
        for (const auto& tell : all) tell(transaction);
    };
}

void Traces::finish()
{
    for (Trace& trace : traces_) {
        trace.finish();
        trace.file->commit();
    }
}

}  // namespace plumbline::cli
