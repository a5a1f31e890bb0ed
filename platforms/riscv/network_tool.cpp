// SPDX-License-Identifier: Apache-2.0
// Writes a network folder for the platform (network.hpp), from descriptions and a tile size.
//
//     riscv_network <accelerator.yaml> <workload.yaml> <mapping.yaml> <calibration.yaml> <tile, as 60x72> <tiles per job>
//                   <folder to write to>
#include <plumbline/error.hpp>
#include <plumbline/sim/kernel.hpp>

#include <iostream>

#include "network.hpp"

namespace {

plumbline::TileSize tile_of(const std::string& text)
{
    if (const auto tile = plumbline::tile_size_named(text)) return *tile;
    throw plumbline::InputError{"tile", "'" + text + "' is none, expected one as 60x72"};
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    if (argc != 8) {
        std::cerr << "usage: riscv_network <accelerator.yaml> <workload.yaml> <mapping.yaml> <calibration.yaml> "
                     "<tile, as 60x72> <tiles per job> <folder to write to>\n";
        return 2;
    }
    try {
        NetworkOptions options;
        options.tile = tile_of(argv[5]);
        options.tiles_per_job = static_cast<std::uint32_t>(std::stoul(argv[6]));
        write_network(argv[7], {argv[1], argv[2], argv[3], argv[4]}, options);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
