// SPDX-License-Identifier: Apache-2.0
// Boots firmware on the platform, prints what it sends on the UART, and how long the network took.
//
//     riscv <firmware.bin> <network folder> [--harts N] [--quantum INSTRUCTIONS] [--fidelity cycle|transaction|analytical]
//           [--data real|none] [--frames N] [--observation FILE]
//
// The observation is how long hart 0 waited for its last frame, as `plumbline calibrate --runs` reads it.
#include <plumbline/error.hpp>

#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>

#include "platform.hpp"

using namespace plumbline;

namespace {

constexpr double kLimitSeconds = 10;  // of simulated time

std::vector<std::uint8_t> file_bytes(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>{file}, {}};
    if (bytes.empty()) throw InputError{path, "cannot be read"};
    return bytes;
}

struct Arguments {
    PlatformOptions options;
    std::string observation;
};

Arguments arguments_of(int argc, char* argv[])
{
    Arguments arguments;
    PlatformOptions& options = arguments.options;
    options.console = &std::cout;
    for (int i = 3; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--harts") {
            options.harts = static_cast<unsigned>(std::stoul(value));
        } else if (name == "--frames") {
            options.frames = static_cast<std::uint32_t>(std::stoul(value));
        } else if (name == "--quantum") {
            options.quantum = std::stoll(value);
        } else if (name == "--fidelity" && sim::accelerator_fidelity_named(value)) {
            options.fidelity = *sim::accelerator_fidelity_named(value);
        } else if (name == "--data" && (value == "real" || value == "none")) {
            options.data = value == "real" ? sim::AcceleratorData::real : sim::AcceleratorData::none;
        } else if (name == "--observation") {
            arguments.observation = value;
        } else {
            throw InputError{name, "with '" + value + "' is no option"};
        }
    }
    return arguments;
}

void write_observation(const std::string& path, const Platform& platform)
{
    std::ofstream file{path};
    file << "layer,step,phase,time_cycles\n,,," << platform.frame_span(0).cycles << '\n';
    if (!file) throw InputError{path, "cannot be written to"};
}

int run(const std::string& firmware, const std::string& network, const Arguments& arguments)
{
    const PlatformOptions& options = arguments.options;
    Platform platform{"platform", options, file_bytes(firmware), read_network(network)};
    sc_core::sc_start(sc_core::sc_time{kLimitSeconds, sc_core::SC_SEC});
    for (unsigned hart = 0; hart < options.harts; ++hart) {
        const Platform::Span span = platform.frame_span(hart);
        std::cout << "hart " << hart << " had its last frame after " << span.cycles << " cycles, " << std::fixed
                  << std::setprecision(3) << 1e3 * span.host_seconds << " ms on this host\n";
        const std::string& fault = platform.board().hart(hart).fault();
        if (!fault.empty()) std::cout << "hart " << hart << " halted: " << fault << '\n';
    }
    std::cout << platform.cycles() << " cycles in all\n";
    if (!arguments.observation.empty()) write_observation(arguments.observation, platform);
    bool fine = platform.done();
    for (const SystemControl::Exit& exit : platform.board().system().exits()) fine = fine && exit.code == 0;
    return fine ? 0 : 1;
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    if (argc < 3 || argc % 2 == 0) {
        std::cerr << "usage: riscv <firmware.bin> <network folder> [--harts N] [--quantum INSTRUCTIONS]\n"
                     "             [--fidelity cycle|transaction|analytical] [--data real|none] [--frames N]\n         "
                     "    [--observation FILE]\n";
        return 2;
    }
    try {
        return run(argv[1], argv[2], arguments_of(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
