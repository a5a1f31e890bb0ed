// SPDX-License-Identifier: Apache-2.0
#include "execution/deliver.hpp"

#include <ostream>

#include "execution/output_file.hpp"

namespace plumbline::cli {

void deliver(const Context& context, const std::string& file, const std::string& report)
{
    if (file.empty()) {
        context.out << report << std::flush;
        return;
    }
    write_file(file, report);
    context.log->info("results written to {}", file);
}

}  // namespace plumbline::cli
