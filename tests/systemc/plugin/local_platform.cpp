// SPDX-License-Identifier: Apache-2.0
// A platform that is itself loaded by a program without SystemC: its kernel is visible to itself alone.
#include <exception>
#include <string>

#include "plugin.hpp"

int sc_main(int, char*[]) { return 1; }  // SystemC's library wants one

/// Makes an instance. What went wrong, or the cycles of the instance: "0".
extern "C" const char* run_platform(const char* plugin, const char* data_folder)
{
    static std::string said;
    try {
        const plumbline_sc_functions& functions = load_plugin(plugin);
        plumbline_sc_config* config = functions.config_create();
        functions.set_data_folder(config, data_folder);
        functions.set_accelerator(config, "meta_prototype_df");
        functions.plan_program(config, "fsrcnn", nullptr, 60, 72, "fully-cached");
        plumbline_sc_accelerator* npu = functions.create(config, "npu");
        said = functions.error(config);
        if (npu != nullptr) said = std::to_string(functions.cycles(npu));
        functions.destroy(npu);
        functions.config_destroy(config);
    } catch (const std::exception& error) {
        said = error.what();
    }
    return said.c_str();
}
