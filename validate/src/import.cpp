// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/import.hpp"

#include "account_builder.hpp"
#include "csv_import.hpp"
#include "plumbline/error.hpp"
#include "zigzag_import.hpp"

namespace plumbline::validate {
namespace {

bool ends_with(const std::string& text, std::string_view end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

Account import_account(const std::vector<std::string>& paths, const Accelerator& accelerator, const Workload& workload,
                       const ImportOptions& options)
{
    AccountBuilder builder{accelerator, workload};
    std::string source;
    bool zigzag = false;  // runs layers one after the other
    for (const std::string& path : paths) {
        source += (source.empty() ? "" : ", ") + path;
        if (ends_with(path, ".csv")) {
            import_csv(path, options.cycle_ns.value_or(1), builder);
        } else if (ends_with(path, ".json")) {
            import_zigzag(path, builder);
            zigzag = true;
        } else {
            throw InputError{SourceLocation{path, 0, {}}, "is of no known kind, expected .csv, .json or .vcd"};
        }
    }
    if (zigzag && builder.run_time_unknown()) {
        if (const auto sum = builder.time_of_all_layers()) builder.add_run_time(*sum);
    }
    try {
        return builder.account(source);
    } catch (const InputError& error) {
        throw InputError{SourceLocation{source, 0, error.where().field}, error.problem()};
    }
}

}  // namespace plumbline::validate
