// SPDX-License-Identifier: Apache-2.0
// How long do the links that are not cut yet take at least?
//
// What a link moves, its first fill and its last drain depend on the state at which it is cut. So of each operand, a table says
// for every number of links that are cut and every state what the others take at least: of the time of each port, and of first
// fills (or last drains) one after the other. No mapping is faster than its busiest port (CostModel::bounded_by_ports()).
//
// Whole tables are filled in, which many states make too large: then nothing is known.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "mapper/exact/mapping_space.hpp"

namespace plumbline::detail {

/// Ports that a layer uses, at most: of more, nothing is known of those that come last.
inline constexpr std::size_t kMostBounded = 24;
/// Cycles of each port, numbered by LatencyBounds.
using PortCycles = std::array<double, kMostBounded>;

class LatencyBounds {
public:
    /// The space must outlive it.
    explicit LatencyBounds(const MappingSpace& space);

    /// What passes between MACs and memories in any case.
    const PortCycles& at_macs() const { return at_macs_; }
    /// Adds what the next link of an operand moves if it is cut at the state of the mapping.
    void add_cut(PortCycles& cycles, const PartialMapping& mapping, std::size_t operand) const;
    /// Of the port that is busy for longest: with what is cut, and the least of the other links.
    double least_port_cycles(const PortCycles& cut, const PartialMapping& mapping) const;
    /// First fills of an input, or last drains of the output, over links that are not cut: cycles at least.
    double first_or_last(const PartialMapping& mapping, std::size_t operand) const;

private:
    /// Cycles of one kind, of one operand.
    struct Table {
        std::size_t port = 0;
        std::vector<std::vector<double>> of_link;  ///< by link, then by state
        std::vector<double> others;                ///< by links that are cut, then by state
    };
    struct OperandTables {
        std::vector<Table> ports;
        Table edges;  ///< first fills, or last drains
    };

    std::optional<std::size_t> number_of(int port);
    Table* table_of(OperandTables& tables, int port, std::size_t links);
    void fill(std::size_t operand, LoopState state);
    void add_end(std::size_t operand, std::size_t link, LoopState state, const OperandAccesses& words,
                 std::size_t level, std::initializer_list<Direction> directions);
    double saved(std::size_t operand, std::size_t link, LoopState state, std::size_t level, Direction d) const;
    void find_others(Table& table) const;

    const MappingSpace& space_;
    bool known_;
    std::vector<int> numbers_;  ///< ports of the accelerator, in the order of their use
    PortCycles at_macs_{};
    std::array<OperandTables, kMaxOperands> operand_;
};

}  // namespace plumbline::detail
