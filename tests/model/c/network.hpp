// SPDX-License-Identifier: Apache-2.0
// FSRCNN on the depth-first prototype of Meta, through the C interface and through C++: the same three descriptions.
#pragma once

#include <string>

#include "handles.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {

inline std::string platform_file(const std::string& path) { return std::string{kPlatformsFolder}.append("/" + path); }

struct Network {
    Accelerator accelerator = io::read_accelerator(platform_file("accelerators/meta_prototype_df.yaml"));
    Workload workload = io::read_workload(platform_file("workloads/defines/fsrcnn.yaml"));
    MappingRules rules = io::read_mapping(platform_file("mappings/meta_prototype.yaml"), accelerator);
};

struct CNetwork {
    Handle<plumbline_session> session = test::session();
    Handle<plumbline_accelerator> accelerator =
        made<plumbline_accelerator>(plumbline_accelerator_load, session.get(), "meta_prototype_df");
    Handle<plumbline_workload> workload = made<plumbline_workload>(plumbline_workload_load, session.get(), "fsrcnn");
    Handle<plumbline_mapping> mapping =
        made<plumbline_mapping>(plumbline_mapping_load, session.get(), nullptr, accelerator.get());
    Handle<plumbline_options> options = made<plumbline_options>(plumbline_options_create, session.get());

    std::string error() const { return plumbline_session_error(session.get()); }

    /// With few loop factors, so that the search takes milliseconds.
    Handle<plumbline_schedule> schedule() const
    {
        EXPECT_EQ(plumbline_options_set_tile(session.get(), options.get(), 60, 72), PLUMBLINE_OK) << error();
        EXPECT_EQ(plumbline_options_set_factors(session.get(), options.get(), 3), PLUMBLINE_OK) << error();
        return made<plumbline_schedule>(plumbline_schedule_plan, session.get(), accelerator.get(), workload.get(),
                                        mapping.get(), options.get());
    }
};

}  // namespace plumbline::test
