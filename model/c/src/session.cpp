// SPDX-License-Identifier: Apache-2.0
#include <new>

#include "call.hpp"
#include "plumbline/io/data_folder.hpp"

namespace c = plumbline::c;
using plumbline::io::Description;
using plumbline::io::DescriptionFolder;

namespace {

/// Beside the library; or beside the program, where that holds the library.
std::string installed_data()
{
    static const char here = 0;
    return plumbline::io::data_folder(&here, {PLUMBLINE_DATA_FROM_LIBRARY, PLUMBLINE_DATA_FROM_COMMAND});
}

Description kind_of(plumbline_description kind)
{
    switch (kind) {
        case PLUMBLINE_ACCELERATOR: return Description::accelerator;
        case PLUMBLINE_WORKLOAD: return Description::workload;
        case PLUMBLINE_MAPPING: return Description::mapping;
    }
    throw plumbline::InputError("kind", std::to_string(static_cast<int>(kind)) + " is no kind of description");
}

}  // namespace

int plumbline_api_version(void) { return PLUMBLINE_API_VERSION; }

const char* plumbline_version(void) { return PLUMBLINE_VERSION; }

plumbline_session* plumbline_session_create(void)
{
    try {
        return new plumbline_session{{}, DescriptionFolder{installed_data()}, {}, {}};
    } catch (...) {
        return nullptr;
    }
}

void plumbline_session_destroy(plumbline_session* session) { delete session; }

const char* plumbline_session_error(const plumbline_session* session)
{
    return session == nullptr ? nullptr : session->error.c_str();
}

plumbline_status plumbline_session_set_data_folder(plumbline_session* session, const char* folder)
{
    return c::call(session, [&] { session->data = DescriptionFolder{c::given_text(folder, "folder")}; });
}

size_t plumbline_built_in_count(const plumbline_session* session, plumbline_description kind)
{
    try {
        return session == nullptr ? 0 : session->data.names(kind_of(kind)).size();
    } catch (...) {
        return 0;
    }
}

const char* plumbline_built_in_name(plumbline_session* session, plumbline_description kind, size_t index)
{
    if (session == nullptr) return nullptr;
    try {
        session->built_in_name = session->data.names(kind_of(kind)).at(index);
        return session->built_in_name.c_str();
    } catch (...) {
        return nullptr;
    }
}
