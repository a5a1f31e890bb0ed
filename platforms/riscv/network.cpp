// SPDX-License-Identifier: Apache-2.0
#include "network.hpp"

#include <plumbline/error.hpp>
#include <plumbline/io/calibration_yaml.hpp>
#include <plumbline/io/schedule_json.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/sim/off_chip_layout.hpp>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace plumbline;
namespace fs = std::filesystem;

namespace {

/// Where things are in the folder, which is called like the network.
struct Places {
    explicit Places(const fs::path& folder)
        : accelerator{folder / "accelerator.yaml"},
          calibration{folder / "calibration.yaml"},
          workload{folder / (folder.filename().string() + ".yaml")},
          schedule{folder / "schedule.json"},
          image{folder / "image.bin"}
    {}
    fs::path accelerator;
    fs::path calibration;
    fs::path workload;
    fs::path schedule;
    fs::path image;
};

Schedule planned(const Accelerator& accelerator, const Workload& workload, const std::string& mapping, TileSize tile)
{
    PlanOptions options;
    options.stacks = {{tile, OverlapMode::fully_cached}};
    options.search.factors = 6;
    options.search.objective = Objective::latency;
    Outcome<Schedule> schedule = plan_schedule(accelerator, workload, io::read_mapping(mapping, accelerator), options);
    if (!schedule) throw InputError{workload.name(), schedule.reason()};
    return *schedule;
}

void write_file(const fs::path& path, const std::vector<std::uint8_t>& bytes)
{
    std::ofstream file{path, std::ios::binary};
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file) throw InputError{path.string(), "cannot be written to"};
}

}  // namespace

network_image Network::header() const
{
    network_image header{};
    std::memcpy(&header, image.data(), sizeof header);
    return header;
}

void write_network(const std::string& folder, const NetworkSources& sources, const NetworkOptions& options)
{
    const Accelerator accelerator = io::read_accelerator(sources.accelerator);
    const Workload workload = io::read_workload(sources.workload);
    const Schedule schedule = planned(accelerator, workload, sources.mapping, options.tile);
    const sim::JobLayout layout = sim::job_layout(sim::off_chip_layout(accelerator, workload, schedule), workload);

    const fs::path own = fs::path{folder} / workload.name();
    const Places places{own};
    fs::create_directories(own);
    fs::copy_file(sources.accelerator, places.accelerator, fs::copy_options::overwrite_existing);
    fs::copy_file(sources.workload, places.workload, fs::copy_options::overwrite_existing);
    fs::copy_file(sources.calibration, places.calibration, fs::copy_options::overwrite_existing);
    io::write_schedule(places.schedule.string(), schedule, accelerator);
    write_file(places.image,
               network_image_of(workload, layout, sim::random_data(workload, options.seed), options.tiles_per_job));
}

Network read_network(const std::string& folder)
{
    const Places places{folder};
    Accelerator accelerator = io::read_accelerator(places.accelerator.string());
    Calibration calibration = io::read_calibration(places.calibration.string(), accelerator);
    Workload workload = io::read_workload(places.workload.string());
    Schedule schedule = io::read_schedule(places.schedule.string(), accelerator, workload);
    std::ifstream file{places.image, std::ios::binary};
    std::vector<std::uint8_t> image{std::istreambuf_iterator<char>{file}, {}};
    if (image.size() < sizeof(network_image)) throw InputError{places.image.string(), "is no network image"};
    return {std::move(accelerator), std::move(calibration), std::move(workload), std::move(schedule), std::move(image)};
}
