// SPDX-License-Identifier: Apache-2.0
// What a probe saw, per range of addresses: the counting and the file, apart from the module that sits in the platform.
//
// Every range that a transaction touches counts it: once, with the bytes that lie inside and the whole of its time. Bytes are
// those of the payload's data, disabled ones included; a streaming transaction repeats the addresses of its width.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "plumbline/sim/kernel.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What accesses mean in terms of an accelerator's description: its names, as validation reads them from the file.
struct ProbeMeaning {
    std::string memory;     ///< empty: nothing, such accesses are counted and not written to the file
    std::string operand;    ///< "I1", "I2", "O"
    std::string direction;  ///< "read_down", "write_from_down", "read_up", "write_from_up"
};

/// Addresses that mean something. Ranges may overlap: each counts for itself.
struct ProbeRange {
    std::string name;         ///< for whoever reads the log
    sc_dt::uint64 first = 0;  ///< lowest address
    sc_dt::uint64 last = 0;   ///< highest address, included
    ProbeMeaning reads;       ///< of the range
    ProbeMeaning writes;      ///< of the range
};

/// Reads of a range, or writes.
struct ProbeCount {
    std::int64_t transactions = 0;  ///< with an OK response
    std::int64_t bytes = 0;         ///< of them that lie inside the range
    sc_core::sc_time time;          ///< from beginning to end, summed: transactions at the same time count each
};

/// What an interconnect behind the probe may change, taken before it does: all else is the payload's until the response.
struct ProbedRequest {
    sc_dt::uint64 address;   ///< as the initiator sent it
    sc_core::sc_time begin;  ///< kernel time plus the annotated delay
};

/// Counts per range.
class ProbeLog {
public:
    /// Reports an error of the kernel for a range that ends before it begins.
    explicit ProbeLog(std::vector<ProbeRange> ranges);
    /// A log is where it is.
    ProbeLog(const ProbeLog&) = delete;
    ProbeLog& operator=(const ProbeLog&) = delete;

    /// Counts a transaction that ended at `end`, whose payload has its response. \pre the response is OK
    void record(const ProbedRequest& request, const tlm::tlm_generic_payload& payload, const sc_core::sc_time& end)
    {
        const sc_dt::uint64 reach = payload.get_data_length() - sc_dt::uint64{1};  // wraps where there is no data
        if (!stretch_->has(request.address, reach)) advance_to(request.address);
        // Within the stretch at most, whatever the streaming width.
        if (!stretch_->has(request.address, reach) || payload.get_command() == tlm::TLM_IGNORE_COMMAND) {
            return record_each(request, payload, end);
        }
        const sc_core::sc_time time = end - request.begin;
        for (RangeCount* range : stretch_->counts) {
            ProbeCount& count = range->of(payload.get_command());
            ++count.transactions;
            count.bytes += payload.get_data_length();
            count.time += time;
        }
    }
    /// Counts a transaction that failed.
    void record_error() { ++errors_; }

    /// Of a range. \pre `range` is the index of one
    const ProbeCount& reads(std::size_t range) const { return counts_[range].reads; }
    /// Of a range. \pre `range` is the index of one
    const ProbeCount& writes(std::size_t range) const { return counts_[range].writes; }
    /// Transactions that failed; they count nowhere else.
    std::int64_t errors() const { return errors_; }

    /// Observations as `plumbline validate --observations` reads them: a row per range and command that mean something,
    /// with bytes and nanoseconds.
    void write_csv(std::ostream& out) const;

private:
    struct RangeCount {
        ProbeCount reads;
        ProbeCount writes;
        ProbeCount& of(tlm::tlm_command command) { return command == tlm::TLM_READ_COMMAND ? reads : writes; }
    };
    /// Consecutive addresses that lie in the same ranges: what comes next mostly lies where the last one did.
    struct Stretch {
        sc_dt::uint64 first;
        sc_dt::uint64 last;
        std::vector<RangeCount*> counts;  ///< of these ranges
        bool has(sc_dt::uint64 address, sc_dt::uint64 reach) const
        {
            return first <= address && address <= last && reach <= last - address;
        }
    };

    /// Most go on where the last one ended: into the next stretch, where not into the same.
    void advance_to(sc_dt::uint64 address)
    {
        if (stretch_->last < address && address <= stretch_[1].last) {
            ++stretch_;
        } else {
            stretch_ = &stretch_at(address);
        }
    }
    const Stretch& stretch_at(sc_dt::uint64 address) const;
    /// Of a transaction that crosses a border, if it moves anything.
    void record_each(const ProbedRequest& request, const tlm::tlm_generic_payload& payload,
                     const sc_core::sc_time& end);

    std::vector<ProbeRange> ranges_;
    std::vector<RangeCount> counts_;    ///< per range
    std::vector<Stretch> stretches_;    ///< all addresses, in their order
    const Stretch* stretch_ = nullptr;  ///< of the last transaction
    std::int64_t errors_ = 0;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
