// SPDX-License-Identifier: Apache-2.0
#include "report/text_parts.hpp"

#include <sstream>

#include "plumbline/validate/table.hpp"

namespace plumbline::validate {

std::string headline(const Subject& subject)
{
    std::ostringstream out;
    out << subject.workload.name() << " on " << subject.accelerator.name();
    const char* separator = ": ";
    for (const Stack& stack : subject.schedule.stacks) {
        out << separator << name_of(stack.mode) << ", tile " << name_of(stack.tile) << " (" << stack.grid.columns << 'x'
            << stack.grid.rows << " tiles)";
        separator = "; ";
    }
    out << ", capacity " << name_of(subject.schedule.capacity) << '\n';
    return out.str();
}

std::string copy_label(const std::string& before)
{
    return before.empty() ? "copy of the stack's input" : "copy before " + before;
}

std::string copy_label(const Workload& workload, const std::optional<LayerId>& before)
{
    return copy_label(before ? workload.layer(*before).name : std::string{});
}

std::string picojoules(Picojoules energy) { return grouped(energy.count(), energy.count() < 1000 ? 2 : 0); }

std::string cycles(Cycles count) { return grouped(count.count()); }

std::string words(Accesses count) { return grouped(count.count(), 1); }

}  // namespace plumbline::validate
