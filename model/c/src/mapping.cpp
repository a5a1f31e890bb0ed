// SPDX-License-Identifier: Apache-2.0
#include "call.hpp"
#include "plumbline/io/yaml.hpp"

namespace c = plumbline::c;
namespace io = plumbline::io;

plumbline_status plumbline_mapping_load(plumbline_session* session, const char* name,
                                        const plumbline_accelerator* accelerator, plumbline_mapping** mapping)
{
    return c::create(session, mapping, [&] {
        const plumbline_accelerator& hardware = c::given(accelerator, "accelerator");
        const std::string path =
            session->data.find_rules(name == nullptr ? "" : name, hardware.built_in_name, "mapping");
        return plumbline_mapping{io::read_mapping(path, *hardware.value), hardware.value};
    });
}

plumbline_status plumbline_mapping_parse(plumbline_session* session, const char* text, const char* filename,
                                         const plumbline_accelerator* accelerator, plumbline_mapping** mapping)
{
    return c::create(session, mapping, [&] {
        const plumbline_accelerator& hardware = c::given(accelerator, "accelerator");
        return plumbline_mapping{
            io::parse_mapping(c::given_text(text, "text"), c::given_text(filename, "filename"), *hardware.value),
            hardware.value};
    });
}

void plumbline_mapping_destroy(plumbline_mapping* mapping) { delete mapping; }
