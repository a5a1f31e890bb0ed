// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "call.hpp"
#include "plumbline/io/yaml.hpp"

namespace c = plumbline::c;
namespace io = plumbline::io;
using plumbline::Workload;

namespace {

/// Null where there is none.
const plumbline::Layer* layer_at(const plumbline_workload* workload, size_t layer)
{
    if (workload == nullptr || layer >= workload->value->layers().size()) return nullptr;
    return &workload->value->layers()[layer];
}

plumbline_workload handle_of(Workload workload) { return {std::make_shared<const Workload>(std::move(workload))}; }

}  // namespace

plumbline_status plumbline_workload_load(plumbline_session* session, const char* name, plumbline_workload** workload)
{
    return c::create(session, workload, [&] {
        const std::string asked = c::given_text(name, "name");
        return handle_of(io::read_workload(session->data, asked, "workload"));
    });
}

plumbline_status plumbline_workload_parse(plumbline_session* session, const char* text, const char* filename,
                                          plumbline_workload** workload)
{
    return c::create(session, workload, [&] {
        return handle_of(io::parse_workload(c::given_text(text, "text"), c::given_text(filename, "filename")));
    });
}

void plumbline_workload_destroy(plumbline_workload* workload) { delete workload; }

const char* plumbline_workload_name(const plumbline_workload* workload)
{
    return workload == nullptr ? nullptr : workload->value->name().c_str();
}

size_t plumbline_workload_layer_count(const plumbline_workload* workload)
{
    return workload == nullptr ? 0 : workload->value->layers().size();
}

const char* plumbline_workload_layer_name(const plumbline_workload* workload, size_t layer)
{
    const plumbline::Layer* found = layer_at(workload, layer);
    return found == nullptr ? nullptr : found->name.c_str();
}

int64_t plumbline_workload_layer_id(const plumbline_workload* workload, size_t layer)
{
    const plumbline::Layer* found = layer_at(workload, layer);
    return found == nullptr ? 0 : found->id;
}
