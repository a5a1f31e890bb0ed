// SPDX-License-Identifier: Apache-2.0
#include "report/text_parts.hpp"

#include <algorithm>
#include <iomanip>
#include <locale>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::validate {

namespace {

/// Of more stacks than fit a line.
constexpr std::size_t kManyStacks = 3;

void list_stacks(TextStream& out, const std::vector<Stack>& stacks)
{
    const char* separator = "";
    for (const Stack& stack : stacks) {
        out << separator << name_of(stack.mode) << ", tile " << name_of(stack.tile) << " (" << stack.grid.columns << 'x'
            << stack.grid.rows << " tiles)";
        separator = "; ";
    }
}

void sum_up_stacks(TextStream& out, const std::vector<Stack>& stacks)
{
    const auto pixels = [](const Stack& a, const Stack& b) { return a.tile.x * a.tile.y < b.tile.x * b.tile.y; };
    const auto [smallest, largest] = std::minmax_element(stacks.begin(), stacks.end(), pixels);
    const bool alike =
        std::all_of(stacks.begin(), stacks.end(), [&](const Stack& each) { return each.mode == stacks.front().mode; });
    std::int64_t tiles = 0;
    for (const Stack& stack : stacks) tiles += stack.grid.columns * stack.grid.rows;
    out << stacks.size() << " stacks, " << (alike ? name_of(stacks.front().mode) : "in several modes") << ", tiles "
        << name_of(smallest->tile) << " to " << name_of(largest->tile) << " (" << tiles << " in all)";
}

}  // namespace

std::string headline(const Subject& subject)
{
    TextStream out;
    out << subject.workload.name() << " on " << subject.accelerator.name() << ": ";
    const std::vector<Stack>& stacks = subject.schedule.stacks;
    stacks.size() > kManyStacks ? sum_up_stacks(out, stacks) : list_stacks(out, stacks);
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

std::string proof_line(const SearchProof& proof)
{
    TextStream out;
    out << "exact search: " << proof.searches << " mappings, ";
    if (proof.proven == proof.searches)
        out << "proven to be the best\n";
    else
        out << proof.searches - proof.proven << " not proven to be the best (better ones may be up to "
            << magnitude(proof.gap) << " lower)\n";
    return out.str();
}

std::string joined(const std::vector<std::string>& parts, const char* separator)
{
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : separator) + part;
    return all;
}

std::string port_name(const Accelerator& accelerator, MemoryId memory, PortId port)
{
    return accelerator.memory(memory).name + ' ' + accelerator.memory(memory).ports.at(port).name;
}

}  // namespace plumbline::validate
