// SPDX-License-Identifier: Apache-2.0
#include "dram.hpp"

#include <plumbline/error.hpp>

#include <filesystem>
#include <iostream>
#include <sstream>

namespace {

/// What others print while this lives is dropped.
class Quiet {
public:
    Quiet() : before_{std::cout.rdbuf(dropped_.rdbuf())} {}
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() { std::cout.rdbuf(before_); }

private:
    std::ostringstream dropped_;
    std::streambuf* before_;
};

}  // namespace

std::unique_ptr<DRAMSys::DRAMSys> dram(const char* name, const std::string& kind)
{
    const std::string configurations = PLUMBLINE_DRAMSYS_CONFIGURATIONS;
    const std::string file = configurations + '/' + kind + "-example.json";
    if (!std::filesystem::exists(file))
        throw plumbline::InputError{file, "no such file, expected an example of DRAMSys"};
    DRAMSys::Config::Configuration configuration = DRAMSys::Config::from_path(file, configurations);
    configuration.simconfig.StoreMode = DRAMSys::Config::StoreModeType::Store;
    configuration.simconfig.DatabaseRecording = false;
    configuration.simconfig.SimulationProgressBar = false;
    const Quiet quiet;
    return std::make_unique<DRAMSys::DRAMSys>(name, configuration);
}
