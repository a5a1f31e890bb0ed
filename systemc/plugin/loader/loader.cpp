// SPDX-License-Identifier: Apache-2.0
// The entry of libplumbline_sc.so: a table of functions for a program whose SystemC the plugin was built for, one that says
// what does not fit for another.
#include <exception>
#include <mutex>

#include "module.hpp"
#include "plumbline_sc.h"
#include "refusal.hpp"

namespace {

/// A program that was refused may have a SystemC when it asks again.
const plumbline_sc_functions& functions()
{
    static std::mutex mutex;
    static plumbline::plugin::Module module;
    const std::lock_guard lock{mutex};
    if (module.functions == nullptr) module = plumbline::plugin::load_module();
    return module.functions == nullptr ? plumbline::plugin::refusing_functions(module.refusal) : *module.functions;
}

}  // namespace

const plumbline_sc_functions* plumbline_sc_entry_point(int version)
{
    if (version != PLUMBLINE_SC_VERSION) return nullptr;
    try {
        return &functions();
    } catch (const std::exception&) {
        return nullptr;  // memory is exhausted
    }
}
