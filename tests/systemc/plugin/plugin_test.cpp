// SPDX-License-Identifier: Apache-2.0
// The plugin, loaded as a host loads it. platforms/plugin_host runs jobs on it (tests/embed).
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <memory>
#include <sstream>
#include <string>

#include "driver.hpp"
#include "plugin.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const plumbline_sc_functions& plugin() { return load_plugin(PLUMBLINE_PLUGIN); }

struct DestroyConfig {
    void operator()(plumbline_sc_config* config) const { plugin().config_destroy(config); }
};

class Configuration {
public:
    Configuration() { EXPECT_EQ(plugin().set_data_folder(get(), kPlatformsFolder), 0) << error(); }
    plumbline_sc_config* get() const { return config_.get(); }
    std::string error() const { return plugin().error(get()); }

private:
    std::unique_ptr<plumbline_sc_config, DestroyConfig> config_{plugin().config_create()};
};

/// FSRCNN in tiles of 60 x 72, planned by the plugin.
void choose_network(const Configuration& configuration)
{
    EXPECT_EQ(plugin().set_accelerator(configuration.get(), "meta_prototype_df"), 0) << configuration.error();
    EXPECT_EQ(plugin().plan_program(configuration.get(), "fsrcnn", nullptr, 60, 72, "fully-cached"), 0)
        << configuration.error();
}

TEST(Plugin, ServesHostsOfItsVersionOnly)
{
    void* library = dlopen(PLUMBLINE_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << dlerror();
    auto* entry = reinterpret_cast<plumbline_sc_entry*>(dlsym(library, PLUMBLINE_SC_ENTRY));
    ASSERT_NE(entry, nullptr);
    ASSERT_NE(entry(PLUMBLINE_SC_VERSION), nullptr);
    EXPECT_EQ(entry(PLUMBLINE_SC_VERSION + 1), nullptr);
    EXPECT_EQ(entry(0), nullptr);
    EXPECT_EQ(entry(PLUMBLINE_SC_VERSION)->size, sizeof(plumbline_sc_functions));
}

TEST(Plugin, SaysThatItsModuleIsMissingWhereItWasCopiedAlone)
{
    const std::filesystem::path folder = std::filesystem::path{testing::TempDir()} / "plugin_alone";
    std::filesystem::create_directories(folder);
    const std::filesystem::path alone = folder / "libplumbline_sc.so";
    std::filesystem::copy_file(PLUMBLINE_PLUGIN, alone, std::filesystem::copy_options::overwrite_existing);
    const plumbline_sc_functions& copied = load_plugin(alone);
    plumbline_sc_config* config = copied.config_create();
    EXPECT_NE(copied.set_accelerator(config, "meta_prototype_df"), 0);
    EXPECT_THAT(copied.error(config), HasSubstr("libplumbline_sc_module.so: is missing, expected beside"));
    copied.config_destroy(config);
}

TEST(Plugin, SaysWhichKernelItWasBuiltFor)
{
    EXPECT_STREQ(plugin().systemc_version, SC_VERSION);
    EXPECT_EQ(plugin().systemc_cplusplus, SC_CPLUSPLUS);
    EXPECT_EQ(plugin().bus_width, 32U);
}

TEST(Plugin, NamesWhatIsWrongWithAConfiguration)
{
    const Configuration none;
    EXPECT_NE(plugin().plan_program(none.get(), "fsrcnn", nullptr, 60, 72, "fully-cached"), 0);
    EXPECT_THAT(none.error(), StartsWith("mapping: is needed with accelerator ''"));
    EXPECT_EQ(plugin().create(none.get(), "npu"), nullptr);
    EXPECT_THAT(none.error(), StartsWith("accelerator: is missing"));
    const Configuration configuration;
    EXPECT_NE(plugin().set_accelerator(configuration.get(), "abacus"), 0);
    EXPECT_THAT(configuration.error(), HasSubstr("meta_prototype_df"));
    choose_network(configuration);
    EXPECT_EQ(configuration.error(), "");
    EXPECT_NE(plugin().set_accelerator(configuration.get(), "tpu_like"), 0);
    EXPECT_THAT(configuration.error(), HasSubstr("before the first program"));
    EXPECT_NE(plugin().set_fidelity(configuration.get(), "vague"), 0);
    EXPECT_THAT(configuration.error(), HasSubstr("cycle, transaction or analytical"));
    EXPECT_NE(plugin().set_window(configuration.get(), 2, 1), 0);
    EXPECT_NE(plugin().add_program(configuration.get(), "fsrcnn", nullptr), 0);
    EXPECT_THAT(configuration.error(), StartsWith("schedule: is null"));
    EXPECT_NE(plugin().set_fidelity(nullptr, "cycle"), 0);
}

TEST(Plugin, RefusesAnInstanceThatCannotBeMade)
{
    const Configuration configuration;
    choose_network(configuration);
    EXPECT_EQ(plugin().create(configuration.get(), nullptr), nullptr);
    EXPECT_THAT(configuration.error(), StartsWith("name: is null"));
    EXPECT_EQ(plugin().set_queue_depth(configuration.get(), 0), 0);
    EXPECT_EQ(plugin().create(configuration.get(), "npu"), nullptr);
    EXPECT_THAT(configuration.error(), HasSubstr("queue_depth"));
}

TEST(Plugin, TakesWhatTheBusAndTheClockAre)
{
    const Configuration configuration;
    choose_network(configuration);
    EXPECT_EQ(plugin().set_alignment(configuration.get(), 64), 0);
    EXPECT_EQ(plugin().set_outstanding(configuration.get(), 4), 0);
    EXPECT_EQ(plugin().set_non_blocking(configuration.get(), 1), 0);
    EXPECT_EQ(plugin().set_address_offset(configuration.get(), 0x1000), 0);
    EXPECT_EQ(plugin().set_period(configuration.get(), 1'250'000), 0);
    plumbline_sc_accelerator* npu = plugin().create(configuration.get(), "npu");
    ASSERT_NE(npu, nullptr) << configuration.error();
    EXPECT_EQ(plugin().change_period(npu, 0), 0) << "gated";
    EXPECT_NE(plugin().change_period(npu, ~std::uint64_t{0}), 0) << "more than a millisecond";
    plugin().destroy(npu);
    EXPECT_EQ(plugin().set_period(configuration.get(), ~std::uint64_t{0}), 0);
    EXPECT_EQ(plugin().create(configuration.get(), "slow"), nullptr);
    EXPECT_THAT(configuration.error(), StartsWith("period: is 9223372036854775807 fs"));
}

TEST(Plugin, TellsWhatItSpentAndCounted)
{
    const Configuration configuration;
    choose_network(configuration);
    EXPECT_EQ(plugin().set_listener(
                  configuration.get(), [](void*, const plumbline_sc_event*) {}, nullptr),
              0);
    plumbline_sc_accelerator* npu = plugin().create(configuration.get(), "npu");
    ASSERT_NE(npu, nullptr) << configuration.error();
    EXPECT_EQ(plugin().cycles(npu), 0U);
    EXPECT_EQ(plugin().energy(npu), 0);
    EXPECT_EQ(plugin().power(npu), 0);
    const std::string path = testing::TempDir() + "plugin_observations.csv";
    EXPECT_EQ(plugin().write_observations(npu, 0, path.c_str(), 1), 0);
    std::ifstream file{path};
    std::string header;
    std::getline(file, header);
    EXPECT_EQ(header, "layer,step,phase,time_cycles");
    EXPECT_NE(plugin().write_observations(npu, 1, path.c_str(), 1), 0) << "there is no such program";
    EXPECT_NE(plugin().write_observations(npu, 0, "/no/such/folder/file.csv", 1), 0);
    EXPECT_NE(plugin().write_observations(npu, 0, nullptr, 1), 0);
    plugin().destroy(npu);
}

/// A job for all tiles, on an instance with a memory and a driver of its own (platforms/plugin_host).
struct RunningNode {
    explicit RunningNode(plumbline_sc_accelerator* accelerator) : npu{accelerator}
    {
        driver.registers.bind(*static_cast<tlm::tlm_base_target_socket_b<32>*>(plugin().registers(npu)));
        memory.socket.bind(*static_cast<tlm::tlm_base_initiator_socket_b<32>*>(plugin().dma(npu)));
        static_cast<sc_core::sc_port_b<sc_core::sc_signal_inout_if<bool>>*>(plugin().interrupt(npu))->bind(line);
        driver.interrupt.bind(line);
    }
    ~RunningNode() { plugin().destroy(npu); }
    RunningNode(const RunningNode&) = delete;
    RunningNode& operator=(const RunningNode&) = delete;

    /// In 20 MiB of memory, a group of tensors from every 4 MiB on.
    static plumbline_job job()
    {
        plumbline_job made{};
        made.magic = PLUMBLINE_JOB_MAGIC;
        made.version = PLUMBLINE_JOB_VERSION;
        made.flags = PLUMBLINE_JOB_INTERRUPT;
        made.input = kGroup;
        made.weights = 2 * kGroup;
        made.output = 3 * kGroup;
        made.scratch = 4 * kGroup;
        return made;
    }

    static constexpr std::uint64_t kGroup = 4 << 20;
    plumbline_sc_accelerator* npu;
    ::Memory memory{"memory", 5 * kGroup};
    ::Driver driver{"driver", memory, job()};
    sc_core::sc_signal<bool> line;
};

plumbline_sc_counters counters_of(const plumbline_sc_accelerator* npu)
{
    plumbline_sc_counters counters{};
    counters.size = sizeof counters;
    EXPECT_EQ(plugin().counters(npu, 0, &counters), 0);
    return counters;
}

plumbline_sc_traffic traffic_of(const plumbline_sc_accelerator* npu, unsigned memory, unsigned operand,
                                unsigned direction)
{
    plumbline_sc_traffic traffic{};
    traffic.size = sizeof traffic;
    EXPECT_EQ(plugin().traffic(npu, 0, memory, operand, direction, &traffic), 0);
    return traffic;
}

TEST(Plugin, CountsWhatItsRegistersCount)
{
    const Configuration configuration;
    choose_network(configuration);
    plumbline_sc_accelerator* npu = plugin().create(configuration.get(), "npu");
    ASSERT_NE(npu, nullptr) << configuration.error();
    RunningNode node{npu};
    int payloads = 0;
    const auto count = [](void* user, void* payload) {
        EXPECT_NE(static_cast<tlm::tlm_generic_payload*>(payload)->get_data_ptr(), nullptr);
        ++*static_cast<int*>(user);
    };
    EXPECT_EQ(plugin().extend_payloads(npu, count, &payloads), 0);
    sc_core::sc_start();
    ASSERT_TRUE(node.driver.good);
    EXPECT_GT(payloads, 0);
    const Workload workload = io::read_workload(std::string{kPlatformsFolder} + "/workloads/defines/fsrcnn.yaml");
    const Layer& last = workload.layers().back();
    std::int64_t macs = 0;
    for (const Layer& layer : workload.layers()) macs += layer.macs();
    const plumbline_sc_counters counters = counters_of(npu);
    EXPECT_EQ(counters.cycles, plugin().cycles(npu));
    EXPECT_GE(counters.macs, macs) << "tiles may compute what others have computed, too";
    EXPECT_EQ(counters.outputs, elements(last.output, last.sizes));
    int borders = 0;
    for (unsigned memory = 0;; ++memory) {
        plumbline_sc_traffic traffic{sizeof traffic, 0, 0, 0};
        if (plugin().traffic(npu, 0, memory, 0, 0, &traffic) != 0) break;
        for (unsigned operand = 0; operand < 3; ++operand)
            for (unsigned direction = 0; direction < 4; ++direction) {
                std::ostringstream words;
                words << std::fixed << std::setprecision(1) << traffic_of(npu, memory, operand, direction).words;
                if (words.str() == "0.0") continue;
                EXPECT_THAT(node.driver.report.str(), HasSubstr(": " + words.str() + " words")) << memory;
                ++borders;
            }
    }
    const std::string report = node.driver.report.str();
    EXPECT_EQ(borders + 1, std::count(report.begin(), report.end(), '\n')) << report;
}

TEST(Plugin, HandsOutNoMoreThanAHostHasRoomFor)
{
    const Configuration configuration;
    choose_network(configuration);
    plumbline_sc_accelerator* npu = plugin().create(configuration.get(), "npu");
    ASSERT_NE(npu, nullptr) << configuration.error();
    plumbline_sc_counters counters{offsetof(plumbline_sc_counters, macs), 7, 7, 7};
    EXPECT_EQ(plugin().counters(npu, 0, &counters), 0);
    EXPECT_EQ(counters.size, offsetof(plumbline_sc_counters, macs));
    EXPECT_EQ(counters.cycles, 0U);
    EXPECT_EQ(counters.macs, 7);
    plumbline_sc_traffic traffic{sizeof traffic, 0, 0, 0};
    EXPECT_NE(plugin().counters(npu, 1, &counters), 0) << "there is no such program";
    EXPECT_NE(plugin().traffic(npu, 1, 0, 0, 0, &traffic), 0);
    EXPECT_NE(plugin().traffic(npu, 0, 99, 0, 0, &traffic), 0) << "nor memory";
    EXPECT_NE(plugin().traffic(npu, 0, 0, 3, 0, &traffic), 0) << "nor operand";
    EXPECT_NE(plugin().traffic(npu, 0, 0, 0, 4, &traffic), 0) << "nor direction";
    plugin().destroy(npu);
}

TEST(Plugin, RefusesAnInstanceAfterTheStartOfTheSimulation)
{
    const Configuration configuration;
    choose_network(configuration);
    sc_core::sc_start(1, sc_core::SC_NS);
    EXPECT_EQ(plugin().create(configuration.get(), "late"), nullptr);
    EXPECT_THAT(configuration.error(), HasSubstr("E529"));
}

TEST(Plugin, SizesGroupsOfTensorsByTheirBytes)
{
    const Configuration configuration;
    choose_network(configuration);
    plumbline_sc_accelerator* npu = plugin().create(configuration.get(), "npu");
    ASSERT_NE(npu, nullptr) << configuration.error();
    const Workload workload = io::read_workload(std::string{kPlatformsFolder} + "/workloads/defines/fsrcnn.yaml");
    const Layer& last = workload.layers().back();
    const std::int64_t bits = elements(last.output, last.sizes) * last.final_precision.count();
    EXPECT_EQ(plugin().group_size(npu, 0, PLUMBLINE_SC_OUTPUT), static_cast<std::uint64_t>(bits / 8));
    EXPECT_EQ(plugin().group_size(npu, 1, PLUMBLINE_SC_OUTPUT), 0U);
    EXPECT_EQ(plugin().group_size(npu, 0, 4), 0U);
    plugin().destroy(npu);
}

}  // namespace
}  // namespace plumbline::test
