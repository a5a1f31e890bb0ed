// SPDX-License-Identifier: Apache-2.0
#include "documentation/examples.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace plumbline::cli {
namespace {

struct Example {
    std::string_view path;
    std::string_view line;
};

constexpr std::array<Example, 35> kExamples{{
    {"", "plumbline evaluate --accelerator meta_prototype_df --workload fsrcnn --tile 60x72"},
    {"", "plumbline new accelerator -o mine.yaml --mapping-out mine_rules.yaml"},
    {"", "plumbline check mine.yaml mine_rules.yaml fsrcnn"},
    {"calibrate", "plumbline calibrate --accelerator meta_prototype_df --workload fsrcnn --tiles 60x72,16x18"},
    {"calibrate",
     "plumbline calibrate --accelerator mine.yaml --workload net.yaml --mapping mine_rules.yaml --runs runs.csv"},
    {"capacity", "plumbline capacity --accelerator all --workload fsrcnn --tile 16x18,60x72"},
    {"capacity", "plumbline capacity --accelerator tpu_like_df --workload mccnn --tile full --modes fully-cached"},
    {"check", "plumbline check mine.yaml"},
    {"check", "plumbline check mine.yaml mine_rules.yaml fsrcnn"},
    {"check", "plumbline check meta_prototype_df fsrcnn --format json"},
    {"completion", "plumbline completion bash > ~/.local/share/bash-completion/completions/plumbline"},
    {"completion", "plumbline completion zsh > ~/.zfunc/_plumbline"},
    {"cost", "plumbline cost --accelerator meta_prototype_df --records records.jsonl"},
    {"cost", "plumbline cost --accelerator mine.yaml --workload net.yaml --records records.jsonl --search"},
    {"describe", "plumbline describe meta_prototype_df"},
    {"describe", "plumbline describe fsrcnn --svg fsrcnn.svg"},
    {"evaluate", "plumbline evaluate --accelerator meta_prototype_df --workload fsrcnn --tile 60x72"},
    {"evaluate",
     "plumbline evaluate --accelerator tpu_like_df --workload mccnn --tile full --cuts each --objective latency"},
    {"evaluate",
     "plumbline evaluate --accelerator mine.yaml --mapping mine_rules.yaml --workload net.yaml --tile 16x16 "
     "--schedule-out schedule.json"},
    {"explore",
     "plumbline explore --accelerator meta_prototype_df --workload fsrcnn --tile-x 4,16,60 --tile-y 4,18,72"},
    {"explore",
     "plumbline explore --accelerator tpu_like_df,edge_tpu_like_df --workload mccnn --cuts 'auto;none;each' "
     "--format csv -o points.csv"},
    {"import", "plumbline import net.onnx"},
    {"import", "plumbline import net.onnx --onnx-batch 4 -o net.yaml"},
    {"manual", "plumbline manual | man -l -"},
    {"new accelerator", "plumbline new accelerator -o mine.yaml --mapping-out mine_rules.yaml"},
    {"new accelerator",
     "plumbline new accelerator --array 16x16 --memory weights:64KiB:W --memory maps:256KiB:IO:512 -o mine.yaml"},
    {"merge", "plumbline merge points.db shard1.db shard2.db"},
    {"optimize",
     "plumbline optimize --accelerator meta_prototype_df --workload resnet18 --uniform --schedule-out schedule.json"},
    {"optimize", "plumbline optimize --accelerator tpu_like_df --workload fsrcnn --objective edp --front"},
    {"query", "plumbline query points.db --front"},
    {"query", "plumbline query points.db --where \"tile_x <= 60 and mode = 'h-cached'\" --sort edp --format csv"},
    {"simulate", "plumbline simulate --accelerator meta_prototype_df --workload fsrcnn --tile 60x72"},
    {"simulate",
     "plumbline simulate --accelerator mine.yaml --workload net.yaml --schedule schedule.json --trace trace.json"},
    {"validate",
     "plumbline validate --accelerator meta_prototype_df --workload fsrcnn --tile 60x72 --report report.html"},
    {"validate", "plumbline validate --accelerator tpu_like_df --workload fsrcnn,mccnn --tiles 60x72,16x18"},
}};

void add_below(CLI::App& app, const std::string& path)
{
    std::string footer;
    for (const std::string& line : examples_of(path)) footer += (footer.empty() ? "Examples:\n  " : "\n  ") + line;
    if (!footer.empty()) app.footer(footer);
    for (CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
        add_below(*each, path.empty() ? each->get_name() : path + ' ' + each->get_name());
}

}  // namespace

std::vector<std::string> examples_of(const std::string& path)
{
    std::vector<std::string> lines;
    for (const Example& each : kExamples)
        if (each.path == path) lines.emplace_back(each.line);
    return lines;
}

void add_examples(CLI::App& program) { add_below(program, {}); }

}  // namespace plumbline::cli
