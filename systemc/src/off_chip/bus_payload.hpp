// SPDX-License-Identifier: Apache-2.0
// Payloads of transactions, with bytes of their own: they live as long as anybody on the bus holds them, whatever becomes
// of whoever asked for them.
//
//     BusPayload& payload = pool.take({tlm::TLM_READ_COMMAND, address, nullptr, 64});  // acquired
//     payload.release();                                                              // back in the pool, if nobody else has it
#pragma once

#include <memory>
#include <vector>

#include "off_chip/bus_options.hpp"

namespace plumbline::sim {

struct BusOrder;

class BusPayload : public tlm::tlm_generic_payload {
public:
    explicit BusPayload(tlm::tlm_mm_interface& manager) : tlm::tlm_generic_payload{&manager} {}

    /// Set up for a burst. The data are copied, those of a read as well: a target that keeps no data leaves them as they are.
    /// \param offset of its address on the bus \param of whose it is
    void prepare(const Burst& wanted, std::uint64_t offset, BusOrder* of = nullptr);
    BusOrder& order() const { return *order_; }
    /// As it was asked for: what the bus does with the address of a payload is its own affair.
    const Burst& burst() const { return burst_; }
    /// Copies what was read to where it is wanted. \pre whoever wants it still does
    void deliver() const;

private:
    std::vector<unsigned char> bytes_;
    BusOrder* order_ = nullptr;
    Burst burst_;
};

class PayloadPool : public tlm::tlm_mm_interface {
public:
    /// Whoever has a pool is gone before a memory that still holds payloads of it: these stay until the program ends.
    struct Retire {
        void operator()(PayloadPool* pool) const;
    };
    using Owner = std::unique_ptr<PayloadPool, Retire>;

    PayloadPool() = default;
    PayloadPool(const PayloadPool&) = delete;
    PayloadPool& operator=(const PayloadPool&) = delete;
    ~PayloadPool() override = default;

    /// Acquired once. It must be prepared.
    BusPayload& take();

private:
    bool all_are_back() const { return free_.size() == all_.size(); }
    void free(tlm::tlm_generic_payload* payload) override;

    std::vector<std::unique_ptr<BusPayload>> all_;
    std::vector<BusPayload*> free_;
};

}  // namespace plumbline::sim
