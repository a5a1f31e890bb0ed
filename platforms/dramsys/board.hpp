// SPDX-License-Identifier: Apache-2.0
// A host around one accelerator and a DRAM of DRAMSys: it runs a frame by registers and interrupt, as firmware would.
#pragma once

#include <plumbline/sim/accelerator.hpp>
#include <plumbline/sim/network_data.hpp>

#include <optional>

#include "dram.hpp"
#include "setting.hpp"
#include "whole_bursts.hpp"

class Board : public sc_core::sc_module {
public:
    /// \param data of the network, where it is to be computed
    Board(const sc_core::sc_module_name& name, const plumbline::Accelerator& accelerator,
          const plumbline::sim::AcceleratorProgram& program, const Setting& setting,
          std::optional<plumbline::sim::NetworkData> data = {});

    /// Whether the frame is over, and was computed.
    bool done() const { return done_; }
    const sc_core::sc_event& over() const { return over_; }
    const plumbline::sim::Accelerator& accelerator() const { return accelerator_; }
    const WholeBursts& bursts() const { return bursts_; }
    /// What lies in the DRAM where the output goes. \param size bytes
    plumbline::sim::FeatureValues output(std::size_t size);

private:
    SC_HAS_PROCESS(Board);
    void run();
    void load();
    void debug(tlm::tlm_command command, std::uint64_t address, void* data, std::size_t length);
    std::uint32_t access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value);
    void write(std::uint32_t offset, std::uint32_t value) { access(tlm::TLM_WRITE_COMMAND, offset, value); }
    std::uint32_t read(std::uint32_t offset) { return access(tlm::TLM_READ_COMMAND, offset, 0); }

    std::optional<plumbline::sim::NetworkData> data_;
    tlm_utils::simple_initiator_socket<Board> registers_;
    tlm_utils::simple_initiator_socket<Board> debug_;
    std::unique_ptr<DRAMSys::DRAMSys> dram_;
    WholeBursts bursts_;
    plumbline::sim::Accelerator accelerator_;
    sc_core::sc_signal<bool> interrupt_;
    sc_core::sc_event over_;
    bool done_ = false;
};
