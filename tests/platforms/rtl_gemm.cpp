// SPDX-License-Identifier: Apache-2.0
// Predicts the rows of the RTL design, fits what is not known of it to one half of them, and says how far off predictions
// of the other half are.
//
//     rtl_gemm <folder of the rows and of systolic_16x16.yaml> [seed of the halves]
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <string>

#include <systemc>

#include <plumbline/error.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/schedule_cost.hpp>
#include <plumbline/validate/accuracy.hpp>
#include <plumbline/validate/table.hpp>

#include "rtl_judgement.hpp"
#include "traffic.hpp"

using namespace plumbline;

namespace {

std::string thousandths(double value) { return validate::grouped(value, 3); }

void add(validate::Table& table, const rtl::Judgement& judgement, const char* when,
         const validate::HeldOutPredictions& predictions)
{
    const validate::Accuracy accuracy = validate::accuracy_of(predictions);
    table.add({judgement.of, std::string{name_of(judgement.estimator)}, when, validate::percent(accuracy.mape),
               validate::percent(accuracy.worst), validate::percent(accuracy.bias),
               accuracy.kendall_tau ? thousandths(*accuracy.kendall_tau) : "n/a", std::to_string(accuracy.rows)});
}

void print(const std::vector<rtl::Judgement>& judgements)
{
    validate::Table accuracy{{"rows held out", validate::Align::left},
                             {"estimator", validate::Align::left},
                             {"fit", validate::Align::left},
                             {"MAPE"},
                             {"worst"},
                             {"bias"},
                             {"Kendall tau"},
                             {"rows"}};
    validate::Table values{{"rows fitted to", validate::Align::left},
                           {"estimator", validate::Align::left},
                           {"parameter", validate::Align::left},
                           {"value"},
                           {"from"},
                           {"to"},
                           {"known", validate::Align::left}};
    for (const rtl::Judgement& each : judgements) {
        add(accuracy, each, "before", each.before);
        add(accuracy, each, "after", each.after);
        for (const validate::Estimate& estimate : each.fit.estimates)
            values.add({each.of, std::string{name_of(each.estimator)}, estimate.name, thousandths(estimate.value),
                        thousandths(estimate.interval.least), thousandths(estimate.interval.most),
                        std::string{name_of(estimate.knowledge)}});
    }
    std::cout << accuracy << '\n' << values << '\n';
}

/// How many fused pairs move exactly what is explained, link by link.
void print_traffic(const Accelerator& accelerator, const std::vector<rtl::FusedRow>& rows)
{
    std::size_t explained = 0;
    rtl::RtlTraffic ours, sums, copy, theirs;
    for (const rtl::FusedRow& row : rows) {
        const rtl::RtlRun run = rtl::run_of(row, accelerator);
        const rtl::RtlTraffic traffic =
            rtl::traffic_of(predict(accelerator, run.workload, run.schedule, Estimator::refined), accelerator);
        const rtl::Extra extra = rtl::extra_of(row);
        if (traffic + extra.first_sums + extra.copy_of_first_product == row.traffic) ++explained;
        ours = ours + traffic;
        sums = sums + extra.first_sums;
        copy = copy + extra.copy_of_first_product;
        theirs = theirs + row.traffic;
    }
    validate::Table table{{"fused pairs, all rows [bit]", validate::Align::left},
                          {"predicted"},
                          {"zeros read"},
                          {"first product moved"},
                          {"RTL"}};
    const auto add = [&](const char* link, Bits rtl::RtlTraffic::*of) {
        table.add({link, validate::grouped((ours.*of).count()), validate::grouped((sums.*of).count()),
                   validate::grouped((copy.*of).count()), validate::grouped((theirs.*of).count())});
    };
    add("memory to buffer", &rtl::RtlTraffic::memory_to_buffer);
    add("buffer to memory", &rtl::RtlTraffic::buffer_to_memory);
    add("buffer to registers", &rtl::RtlTraffic::buffer_to_registers);
    add("registers to buffer", &rtl::RtlTraffic::registers_to_buffer);
    std::cout << table << '\n' << explained << " of " << rows.size() << " rows explained to the bit\n";
}

std::uint64_t seed_of(const std::string& text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error == std::errc{} && end == text.data() + text.size()) return seed;
    throw InputError{"seed", "is '" + text + "', expected a whole number"};
}

void run(const std::string& folder, std::uint64_t seed)
{
    const Accelerator accelerator = io::read_accelerator(folder + "/systolic_16x16.yaml");
    const auto gemms = rtl::read_gemm_rows(folder + "/gemm_16x16.csv");
    const auto fused = rtl::read_fused_rows(folder + "/fused_gemm_16x16.csv");
    std::vector<rtl::Judgement> judgements;
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        judgements.push_back(rtl::judge(accelerator, gemms, estimator, seed));
        judgements.push_back(rtl::judge(accelerator, fused, estimator, seed));
    }
    print(judgements);
    print_traffic(accelerator, fused);
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    if (argc != 2 && argc != 3) {
        std::cerr << "usage: rtl_gemm <folder> [<seed>]\n";
        return 2;
    }
    try {
        run(argv[1], argc == 3 ? seed_of(argv[2]) : 1);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
