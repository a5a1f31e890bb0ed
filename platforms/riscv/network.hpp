// SPDX-License-Identifier: Apache-2.0
// A network as the platform keeps it: a folder with descriptions, the schedule, and what goes to RAM.
//
// The tool `riscv_network` writes such folders when the platform is built; the platform builds its accelerators from the
// descriptions and the schedule, and the firmware finds its way by the header of the image (firmware/network_image.h).
//
//     write_network("networks", sources, options);
//     const Network network = read_network("networks/fsrcnn");
#pragma once

#include <plumbline/accelerator.hpp>
#include <plumbline/calibration.hpp>
#include <plumbline/schedule.hpp>
#include <plumbline/sim/job_layout.hpp>
#include <plumbline/sim/network_data.hpp>
#include <plumbline/workload.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "firmware/network_image.h"

struct Network {
    plumbline::Accelerator accelerator;
    plumbline::Calibration calibration;  ///< what the RAM of this platform makes of it
    plumbline::Workload workload;
    plumbline::Schedule schedule;
    std::vector<std::uint8_t> image;

    /// What stands at the beginning of the image.
    network_image header() const;
};

/// Files of descriptions.
struct NetworkSources {
    std::string accelerator;
    std::string workload;
    std::string mapping;
    std::string calibration;
};

struct NetworkOptions {
    plumbline::TileSize tile;
    std::uint64_t seed = 1;           ///< of the image and the weights
    std::uint32_t tiles_per_job = 0;  ///< 0: all in one
};

/// The header, the tensors, and room for what accelerator and driver write. \throws InputError where it is larger than
/// what a hart has in RAM
std::vector<std::uint8_t> network_image_of(const plumbline::Workload& workload, const plumbline::sim::JobLayout& layout,
                                           const plumbline::sim::NetworkData& data, std::uint32_t tiles_per_job);

/// Plans a schedule, fully cached, and makes a folder called like the network in `folder`. \throws InputError
void write_network(const std::string& folder, const NetworkSources& sources, const NetworkOptions& options);
/// \throws InputError
Network read_network(const std::string& folder);
