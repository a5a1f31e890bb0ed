// SPDX-License-Identifier: Apache-2.0
#include "module.hpp"

#include <cxxabi.h>
#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "host_kernel.hpp"
#include "systemc_version.hpp"

namespace plumbline::plugin {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModule = "libplumbline_sc_module.so";
constexpr const char* kBuiltFor = "the plugin was built for SystemC " SC_VERSION " of C++ ";

std::string built_for() { return kBuiltFor + std::to_string(SC_CPLUSPLUS); }

/// Empty where the plugin fits.
std::string what_does_not_fit(const std::optional<HostKernel>& kernel)
{
    if (!kernel)
        return built_for() +
               ", and this program shows none: link it with the SystemC library, or, where that is static, with all of "
               "it "
               "(-Wl,--whole-archive) and -rdynamic";
    const bool standard_differs = kernel->cplusplus != 0 && kernel->cplusplus != SC_CPLUSPLUS;
    if (kernel->release == SC_VERSION && !standard_differs) return {};
    const std::string standard = kernel->cplusplus == 0 ? "" : " of C++ " + std::to_string(kernel->cplusplus);
    return built_for() + ", and this program runs " + kernel->release + standard +
           ": build Plumbline for that one (SYSTEMC_HOME names its folder)";
}

/// The folder of the file that this function is in; links are followed.
fs::path own_folder()
{
    static const char here = 0;
    Dl_info file{};
    if (dladdr(&here, &file) == 0 || file.dli_fname == nullptr) return {};
    std::error_code unreadable;
    return fs::canonical(file.dli_fname, unreadable).parent_path();
}

std::string demangled(const std::string& symbol)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name{
        abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free};
    return name == nullptr ? symbol : name.get();
}

/// Why the dynamic linker did not load the module. A symbol is missing where the program was linked with a part of SystemC, or
/// where its SystemC was configured differently.
std::string what_was_not_loaded(const std::string& message)
{
    const std::string words = "undefined symbol: ";
    const std::size_t at = message.find(words);
    if (at == std::string::npos) return std::string{kModule} + " cannot be loaded: " + message;
    const std::size_t begin = at + words.size();
    const std::string symbol = message.substr(begin, message.find_first_of(", \n", begin) - begin);
    return "the SystemC of this program lacks '" + demangled(symbol) +
           "', which the plugin needs: link all of a static library (-Wl,--whole-archive) with -rdynamic, or build "
           "Plumbline for that SystemC (SYSTEMC_HOME names its folder)";
}

Module refused(std::string reason) { return {nullptr, std::move(reason)}; }

Module open(const fs::path& path)
{
    std::error_code unreadable;
    if (!fs::exists(path, unreadable))
        return refused(path.string() + ": is missing, expected beside libplumbline_sc.so");
    void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return refused(what_was_not_loaded(dlerror()));
    auto* entry = reinterpret_cast<plumbline_sc_entry*>(dlsym(library, PLUMBLINE_SC_ENTRY));
    const plumbline_sc_functions* functions = entry == nullptr ? nullptr : entry(PLUMBLINE_SC_VERSION);
    if (functions == nullptr || std::string{functions->plumbline_version} != PLUMBLINE_VERSION)
        return refused(path.string() +
                       ": is of another version of Plumbline than libplumbline_sc.so, expected " PLUMBLINE_VERSION);
    return {functions, {}};
}

}  // namespace

Module load_module()
{
    const std::optional<HostKernel> kernel = find_host_kernel();
    std::string reason = what_does_not_fit(kernel);
    if (!reason.empty()) return refused(std::move(reason));
    show_to_all(*kernel);
    return open(own_folder() / kModule);
}

}  // namespace plumbline::plugin
