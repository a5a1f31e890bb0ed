// SPDX-License-Identifier: Apache-2.0
#include "host_kernel.hpp"

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace plumbline::plugin {
namespace {

/// sc_core::sc_release()
constexpr const char* kRelease = "_ZN7sc_core10sc_releaseEv";

/// Whom a name is looked up in: all files of the program that show theirs to all, or one library and what it needs.
using Scope = void*;

/// "3.0.2" of "3.0.2_pub_rev_20250131-Accellera"; the parts joined by `_`.
std::string underscored_version(const std::string& release)
{
    const auto end =
        std::find_if(release.begin(), release.end(), [](unsigned char c) { return std::isdigit(c) == 0 && c != '.'; });
    std::string version{release.begin(), end};
    std::replace(version.begin(), version.end(), '.', '_');
    return version;
}

/// The constructor by whose name SystemC has the linker compare version and standard. Up to 2.3.4 its class is a template.
bool has_api_of(Scope scope, const std::string& version, long cplusplus)
{
    const std::string name = "sc_api_version_" + version + "_cxx" + std::to_string(cplusplus) + "L";
    const std::string scoped = "_ZN7sc_core" + std::to_string(name.size()) + name;
    const std::string constructor = "C1ENS_16sc_writer_policyEb";
    const std::string argument = "IXadL_ZNS_34SC_DISABLE_VIRTUAL_BIND_UNDEFINED_EEEE";
    return dlsym(scope, (scoped + constructor).c_str()) != nullptr ||
           dlsym(scope, (scoped + argument + constructor).c_str()) != nullptr;
}

long cplusplus_of(Scope scope, const std::string& release)
{
    const std::string version = underscored_version(release);
    for (const long standard : {201703L, 202002L, 202302L, 201402L, 201103L, 199711L})
        if (has_api_of(scope, version, standard)) return standard;
    return 0;
}

std::optional<HostKernel> kernel_in(Scope scope)
{
    void* symbol = dlsym(scope, kRelease);
    if (symbol == nullptr) return std::nullopt;
    const std::string release = reinterpret_cast<const char* (*)()>(symbol)();
    Dl_info file{};
    const bool known = dladdr(symbol, &file) != 0 && file.dli_fname != nullptr;
    return HostKernel{release, cplusplus_of(scope, release), known ? file.dli_fname : ""};
}

int keep_name(dl_phdr_info* file, size_t, void* names)
{
    static_cast<std::vector<std::string>*>(names)->emplace_back(file->dlpi_name);
    return 0;
}

std::vector<std::string> loaded_files()
{
    std::vector<std::string> names;
    dl_iterate_phdr(keep_name, &names);
    return names;
}

}  // namespace

std::optional<HostKernel> find_host_kernel()
{
    if (std::optional<HostKernel> kernel = kernel_in(RTLD_DEFAULT)) {
        kernel->library.clear();
        return kernel;
    }
    for (const std::string& name : loaded_files()) {
        void* file = name.empty() ? nullptr : dlopen(name.c_str(), RTLD_LAZY | RTLD_NOLOAD);
        if (file == nullptr) continue;
        std::optional<HostKernel> kernel = kernel_in(file);
        dlclose(file);
        if (kernel) return kernel;
    }
    return std::nullopt;
}

void show_to_all(const HostKernel& kernel)
{
    // It stays open: what binds to it needs it as long as the program runs.
    if (!kernel.library.empty()) dlopen(kernel.library.c_str(), RTLD_LAZY | RTLD_NOLOAD | RTLD_GLOBAL);
}

}  // namespace plumbline::plugin
