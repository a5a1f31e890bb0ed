// SPDX-License-Identifier: Apache-2.0
#include "report/text_parts.hpp"

#include <iomanip>
#include <locale>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::validate {

std::string headline(const Subject& subject)
{
    TextStream out;
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

std::string picojoules(Picojoules energy) { return grouped(energy.count(), energy.count() < 1000 ? 2 : 0); }

std::string cycles(Cycles count) { return grouped(count.count()); }

std::string words(Accesses count) { return grouped(count.count(), 1); }

std::string magnitude(double fraction)
{
    const std::string text = percent(fraction);
    return text.front() == '+' ? text.substr(1) : text;
}

std::string significant(double value, int digits)
{
    TextStream out;
    out.imbue(std::locale::classic());
    out << std::setprecision(digits) << value;
    return out.str();
}

std::string port_name(const Accelerator& accelerator, MemoryId memory, PortId port)
{
    return accelerator.memory(memory).name + ' ' + accelerator.memory(memory).ports.at(port).name;
}

}  // namespace plumbline::validate
