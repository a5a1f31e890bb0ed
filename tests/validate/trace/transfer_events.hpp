// SPDX-License-Identifier: Apache-2.0
// A run made up by hand, told to a trace: on the tiny machine of tests/model, where memory 1 is the sram with a read and
// a write port, and memory 2 the dram with one port for both.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/tiny.hpp"
#include "plumbline/sim/observer.hpp"
#include "plumbline/sim/run_events.hpp"

namespace plumbline::test {

using sim::Access;
using sim::Activity;
using sim::Span;
using sim::TileIndex;

inline constexpr MemoryId kSram = 1;
inline constexpr MemoryId kDram = 2;
inline constexpr Activity kCopyIn{Activity::Kind::copy, std::nullopt};
inline constexpr Activity kCopyBetween{Activity::Kind::copy, LayerId{1}};
inline constexpr Activity kConvolution{Activity::Kind::compute, LayerId{0}};
inline constexpr Activity kPointwise{Activity::Kind::compute, LayerId{1}};

inline Access input_from_dram(std::int64_t bits)
{
    return {kDram, 0, MemoryOperand::i1, Direction::read_down, {{bits, 1}}, 1, 0};
}
inline Access input_to_sram(std::int64_t bits)
{
    return {kSram, 1, MemoryOperand::i1, Direction::write_from_up, {{bits, 1}}, 1, 0};
}
inline Access input_to_array(std::int64_t bits, std::int64_t times)
{
    return {kSram, 0, MemoryOperand::i1, Direction::read_down, {{bits, 1}}, times, 0};
}

/// Tells a trace what it would hear from a machine.
class Told {
public:
    explicit Told(sim::Observer observer) : observer_{std::move(observer)} {}

    void begin(const std::string& mover, const std::vector<Access>& accesses, double time) const
    {
        if (observer_.moving) observer_.moving({mover, accesses, activity_, tile_, {time, time}});
    }
    void end(const std::string& mover, const std::vector<Access>& accesses, Span span) const
    {
        if (observer_.moved) observer_.moved({mover, accesses, activity_, tile_, span});
    }
    /// Where nothing else happens meanwhile.
    void move(const std::string& mover, const std::vector<Access>& accesses, Span span) const
    {
        begin(mover, accesses, span.begin);
        end(mover, accesses, span);
    }
    void begin_step(Activity activity, TileIndex tile, double time)
    {
        activity_ = activity;
        tile_ = tile;
        begun_ = time;
        if (observer_.stepping) observer_.stepping({activity_, tile_, {time, time}, {}, {}, 0});
    }
    /// \param cycles by default it is cycles that are told
    void end_step(double time, Cycles loading = {}, Cycles offloading = {}, std::int64_t macs = 0,
                  std::optional<Cycles> cycles = {}) const
    {
        const Cycles told{std::llround(time - begun_)};
        observer_.stepped({activity_, tile_, {begun_, time}, loading, offloading, macs, cycles.value_or(told)});
    }
    void abandon(double time) const { observer_.abandoned(time); }
    void hold(MemoryId memory, std::int64_t bits, double time) const { observer_.occupied({memory, Bits{bits}, time}); }

private:
    sim::Observer observer_;
    Activity activity_;
    TileIndex tile_;
    double begun_ = 0;
};

}  // namespace plumbline::test
