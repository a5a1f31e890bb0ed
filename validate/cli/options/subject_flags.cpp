// SPDX-License-Identifier: Apache-2.0
#include "options/subject_flags.hpp"

#include "options/flags.hpp"

namespace plumbline::cli {

void add_profile(CLI::App& app, std::string& profile)
{
    add_file(app, "--profile", profile, "What calibration found the accelerator to be (YAML): model and machine");
}

void add_subject(CLI::App& app, SubjectFlags& flags)
{
    add_accelerator(app, flags.accelerator, "Accelerator: file or built-in name")->required();
    add_workload(app, flags.workload, "Network: file or built-in name")->required();
    add_profile(app, flags.profile);
}

void add_subjects(CLI::App& app, SubjectListFlags& flags, const std::string& more)
{
    add_accelerator(app, flags.accelerators, "Accelerators: files or built-in names" + more)
        ->delimiter(',')
        ->required();
    add_workload(app, flags.workloads, "Networks: files or built-in names" + more)->delimiter(',')->required();
}

}  // namespace plumbline::cli
