// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "description/accelerator_check.hpp"
#include "plumbline/check.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

/// Two levels of one operand, next to each other.
struct LevelPair {
    MemoryId inner = 0;
    MemoryId outer = 0;
};

/// Each pair once, however many operands meet it, with the names of these.
std::vector<std::pair<LevelPair, std::string>> level_pairs(const Accelerator& accelerator)
{
    std::vector<std::pair<LevelPair, std::string>> pairs;
    for (MemoryOperand operand : kAllMemoryOperands) {
        const std::vector<MemoryId>& levels = accelerator.levels(operand);
        for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
            const auto known = std::find_if(pairs.begin(), pairs.end(), [&](const auto& each) {
                return each.first.inner == levels[i] && each.first.outer == levels[i + 1];
            });
            const std::string name{name_of(operand)};
            if (known == pairs.end())
                pairs.push_back({{levels[i], levels[i + 1]}, name});
            else
                known->second += ", " + name;
        }
    }
    return pairs;
}

std::string four_digits(double value)
{
    TextStream text;
    text.precision(4);
    text << value;
    return text.str();
}

class HierarchyCheck {
public:
    explicit HierarchyCheck(const Accelerator& accelerator) : accelerator_{accelerator} {}

    std::vector<Finding> run()
    {
        for (const auto& [pair, operands] : level_pairs(accelerator_)) {
            check_sizes(pair, operands);
            check_instances(pair, operands);
            check_read_energy(pair, operands);
            check_write_energy(pair, operands);
        }
        for (MemoryId id = 0; id < accelerator_.memories().size(); ++id) {
            check_word(id);
            check_ports(id);
        }
        if (accelerator_.instances(accelerator_.top()) > 1)
            add(Severity::suspicious, accelerator_.top(), ".served_dimensions",
                std::to_string(accelerator_.instances(accelerator_.top())) +
                    " instances of the off-chip memory, where one that serves all array dimensions is common");
        return std::move(found_);
    }

private:
    const Memory& memory(MemoryId id) const { return accelerator_.memory(id); }

    void add(Severity severity, MemoryId id, const std::string& part, std::string text)
    {
        found_.push_back({severity,
                          DescriptionKind::accelerator,
                          {{}, 0, field_of(accelerator_.memories(), id) + part},
                          std::move(text)});
    }

    std::int64_t all_bits(MemoryId id) const { return memory(id).size.count() * accelerator_.instances(id); }

    void check_sizes(LevelPair pair, const std::string& operands)
    {
        if (all_bits(pair.outer) >= all_bits(pair.inner)) return;
        add(Severity::suspicious, pair.outer, ".size",
            "all of it holds " + std::to_string(all_bits(pair.outer)) + " bit, but " + memory(pair.inner).name +
                " below it holds " + std::to_string(all_bits(pair.inner)) + " bit of " + operands +
                ": memories are listed from the MACs outwards, is their order right?");
    }

    void check_instances(LevelPair pair, const std::string& operands)
    {
        const std::int64_t inner = accelerator_.instances(pair.inner);
        const std::int64_t outer = accelerator_.instances(pair.outer);
        if (outer <= inner) return;
        add(Severity::suspicious, pair.outer, ".served_dimensions",
            std::to_string(outer) + " instances, but " + memory(pair.inner).name + " below it has " +
                std::to_string(inner) + " (" + operands +
                "): expected an outer memory to serve all that an inner one does");
    }

    /// Picojoules per bit; nothing where no port carries the operand in that direction.
    std::optional<double> per_bit(MemoryId id, Direction direction) const
    {
        for (const MemoryService& service : memory(id).services) {
            if (!service.port[direction]) continue;
            const Picojoules word = is_read(direction) ? memory(id).read_energy : memory(id).write_energy;
            return word.count() / static_cast<double>(memory(id).ports[*service.port[direction]].width.count());
        }
        return std::nullopt;
    }

    void check_read_energy(LevelPair pair, const std::string& operands)
    {
        check_energy(pair, operands, Direction::read_down, ".r_cost", "a bit read");
    }

    void check_write_energy(LevelPair pair, const std::string& operands)
    {
        // The top memory is written from below alone.
        const bool top = pair.outer == accelerator_.top();
        check_energy(pair, operands, top ? Direction::write_from_down : Direction::write_from_up, ".w_cost",
                     "a bit written");
    }

    void check_energy(LevelPair pair, const std::string& operands, Direction direction, const std::string& part,
                      const std::string& what)
    {
        const auto outer = per_bit(pair.outer, direction);
        const auto inner = per_bit(pair.inner, is_read(direction) ? direction : Direction::write_from_up);
        if (!inner || !outer || *outer >= *inner) return;
        add(Severity::suspicious, pair.outer, part,
            what + " costs " + four_digits(*outer) + " pJ, less than the " + four_digits(*inner) + " pJ of " +
                memory(pair.inner).name + " below it (" + operands +
                "): energy per bit rises going outward; costs are those of a full-width word");
    }

    void check_word(MemoryId id)
    {
        for (std::size_t port = 0; port < memory(id).ports.size(); ++port) {
            const Port& each = memory(id).ports[port];
            if (each.width <= memory(id).size) continue;
            add(Severity::suspicious, id, ".ports[" + std::to_string(port) + "].bandwidth_max",
                "a word of " + std::to_string(each.width.count()) + " bit, more than the " +
                    std::to_string(memory(id).size.count()) + " bit that the memory holds");
            return;
        }
    }

    void check_ports(MemoryId id)
    {
        std::set<PortId> used;
        for (const MemoryService& service : memory(id).services)
            for (Direction direction : kAllDirections)
                if (service.port[direction]) used.insert(*service.port[direction]);
        for (PortId port = 0; port < memory(id).ports.size(); ++port)
            if (used.count(port) == 0)
                add(Severity::remark, id, ".ports[" + std::to_string(port) + ']',
                    memory(id).ports[port].name + " carries nothing: no operand is allocated to it");
    }

    const Accelerator& accelerator_;
    std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> check_accelerator(const Accelerator& accelerator) { return HierarchyCheck{accelerator}.run(); }

}  // namespace plumbline
