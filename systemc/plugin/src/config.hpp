// SPDX-License-Identifier: Apache-2.0
// What instances of the plugin are made from: a description of hardware, programs for it, and options.
//
// Reads files; knows nothing of SystemC. entry.cpp hands it out as a plumbline_sc_config.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/io/description_folder.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/accelerator_options.hpp"
#include "plumbline/sim/accelerator_program.hpp"

namespace plumbline::plugin {

class Config {
public:
    /// \param data folder of the built-in descriptions
    explicit Config(std::string data) : data_{std::move(data)} {}

    void set_data_folder(const std::string& folder) { data_ = io::DescriptionFolder{folder}; }
    /// \throws InputError, as all that follow
    void set_accelerator(const std::string& name);
    void set_profile(const std::string& path);
    void add_program(const std::string& workload, const std::string& schedule);
    /// \param mapping empty: rules of the accelerator's family
    void plan_program(const std::string& workload, const std::string& mapping, const StackChoice& choice);
    void set_fidelity(const std::string& name);

    const Accelerator& accelerator() const;
    const std::vector<sim::AcceleratorProgram>& programs() const { return programs_; }
    sim::AcceleratorOptions& options() { return options_; }

private:
    Workload workload(const std::string& name) const;
    void expect_no_programs(const char* field) const;

    io::DescriptionFolder data_;
    std::string accelerator_name_;
    std::optional<Accelerator> accelerator_;
    bool calibrated_ = false;
    std::vector<sim::AcceleratorProgram> programs_;
    sim::AcceleratorOptions options_;
};

}  // namespace plumbline::plugin
