// SPDX-License-Identifier: Apache-2.0
// Words of an output at one end of a link, or between the MACs and level 0: sums leave, partial ones come back.
//
//     OutputTraffic{facts, blocks, SumMoves::exact, false}.up(level, Direction::read_up);
#pragma once

#include "cost/refined/blocks/operand_blocks.hpp"

namespace plumbline::detail::refined {

/// How partial sums move; each takes back one assumption of `uniform` more.
enum class SumMoves : std::uint8_t {
    averaged,       ///< read as often as written, by every instance, and partial to the last
    last_is_final,  ///< the last one written is as narrow as an output
    reloaded_once,  ///< and of instances that share a sum one reads it
    exact           ///< and the first one is not read
};

/// `partial`: the sums are, as `uniform` sees it; asked for where moves are not exact.
class OutputTraffic {
public:
    OutputTraffic(const OperandFacts& facts, const Blocks& blocks, SumMoves moves, bool partial)
        : facts_{facts},
          sum_{blocks.sum()},
          instances_{blocks.instance_rounds()},
          rounds_{blocks.rounds()},
          moves_{moves},
          partial_{partial}
    {}

    /// Leaves as partial sums in each round of the reduction but the last.
    double up(const LevelFacts& level, Direction direction) const
    {
        if (moves_ == SumMoves::averaged)
            return words(level, direction, partial_ ? facts_.precision : facts_.final_precision, instances_.all);
        return words(level, direction, facts_.precision, instances_.all - instances_.last) +
               words(level, direction, facts_.final_precision, instances_.last);
    }
    /// Comes back to one instance in each round but the first.
    double down(const LevelFacts& level, Direction direction) const
    {
        return words(level, direction, facts_.precision, times_down(moves_ < SumMoves::reloaded_once));
    }
    /// As `down`, to every instance: what the MACs accumulate into.
    double to_macs(const LevelFacts& level) const
    {
        return words(level, Direction::read_down, facts_.precision, times_down(true));
    }

private:
    double times_down(bool to_all) const
    {
        const Rounds& rounds = to_all ? instances_ : rounds_;
        if (moves_ == SumMoves::exact) return rounds.all - rounds.first;
        return partial_ ? rounds.all : 0;
    }

    double words(const LevelFacts& level, Direction direction, std::int64_t precision, double times) const
    {
        const Rounding rounding = rounding_at(level, direction, precision);
        if (times == 0 || rounding.granule == 0) return 0;
        return words_at(level, direction, times * sum_.granules(rounding));
    }

    const OperandFacts& facts_;
    GranuleSum sum_;
    Rounds instances_;
    Rounds rounds_;
    SumMoves moves_;
    bool partial_;
};

}  // namespace plumbline::detail::refined
