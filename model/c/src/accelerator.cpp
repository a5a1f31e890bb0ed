// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "call.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/yaml.hpp"

namespace c = plumbline::c;
namespace io = plumbline::io;
using plumbline::Accelerator;
using plumbline::io::Description;

namespace {

/// Null where there is none.
const plumbline::Memory* memory_at(const plumbline_accelerator* accelerator, size_t memory)
{
    if (accelerator == nullptr || memory >= accelerator->value->memories().size()) return nullptr;
    return &accelerator->value->memory(memory);
}

plumbline_accelerator handle_of(Accelerator accelerator, std::string built_in_name, bool calibrated)
{
    return {std::make_shared<const Accelerator>(std::move(accelerator)), std::move(built_in_name), calibrated};
}

}  // namespace

plumbline_status plumbline_accelerator_load(plumbline_session* session, const char* name,
                                            plumbline_accelerator** accelerator)
{
    return c::create(session, accelerator, [&] {
        std::string asked = c::given_text(name, "name");
        const std::string path = session->data.find(Description::accelerator, asked, "accelerator");
        return handle_of(io::read_accelerator(path), path == asked ? "" : std::move(asked), false);
    });
}

plumbline_status plumbline_accelerator_parse(plumbline_session* session, const char* text, const char* filename,
                                             plumbline_accelerator** accelerator)
{
    return c::create(session, accelerator, [&] {
        return handle_of(io::parse_accelerator(c::given_text(text, "text"), c::given_text(filename, "filename")), "",
                         false);
    });
}

void plumbline_accelerator_destroy(plumbline_accelerator* accelerator) { delete accelerator; }

const char* plumbline_accelerator_name(const plumbline_accelerator* accelerator)
{
    return accelerator == nullptr ? nullptr : accelerator->value->name().c_str();
}

size_t plumbline_accelerator_memory_count(const plumbline_accelerator* accelerator)
{
    return accelerator == nullptr ? 0 : accelerator->value->memories().size();
}

const char* plumbline_accelerator_memory_name(const plumbline_accelerator* accelerator, size_t memory)
{
    const plumbline::Memory* found = memory_at(accelerator, memory);
    return found == nullptr ? nullptr : found->name.c_str();
}

int64_t plumbline_accelerator_memory_size(const plumbline_accelerator* accelerator, size_t memory)
{
    const plumbline::Memory* found = memory_at(accelerator, memory);
    return found == nullptr ? 0 : found->size.count();
}

plumbline_status plumbline_profile_load(plumbline_session* session, const char* path,
                                        const plumbline_accelerator* accelerator, plumbline_profile** profile)
{
    return c::create(session, profile, [&] {
        return plumbline_profile{
            io::read_calibration(c::given_text(path, "path"), *c::given(accelerator, "accelerator").value)};
    });
}

plumbline_status plumbline_profile_parse(plumbline_session* session, const char* text, const char* filename,
                                         const plumbline_accelerator* accelerator, plumbline_profile** profile)
{
    return c::create(session, profile, [&] {
        return plumbline_profile{io::parse_calibration(c::given_text(text, "text"), c::given_text(filename, "filename"),
                                                       *c::given(accelerator, "accelerator").value)};
    });
}

void plumbline_profile_destroy(plumbline_profile* profile) { delete profile; }

plumbline_status plumbline_accelerator_calibrate(plumbline_session* session, const plumbline_accelerator* accelerator,
                                                 const plumbline_profile* profile, plumbline_accelerator** calibrated)
{
    return c::create(session, calibrated, [&] {
        const plumbline_accelerator& described = c::given(accelerator, "accelerator");
        if (described.calibrated)
            throw plumbline::InputError("accelerator", "is calibrated already, expected one as it was described");
        return handle_of(plumbline::calibrated(*described.value, c::given(profile, "profile").value),
                         described.built_in_name, true);
    });
}
