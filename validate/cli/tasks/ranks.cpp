// SPDX-License-Identifier: Apache-2.0
#include "tasks/ranks.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <dlfcn.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

/// As Open MPI says it, and as others do.
int begun_processes()
{
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
        if (const char* count = std::getenv(name)) return std::atoi(count);
    return 1;
}

/// Beside the libraries of the installation that the command is of, or where it was built.
std::filesystem::path module_path()
{
    std::error_code error;
    const std::filesystem::path command = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto installed = command.parent_path() / PLUMBLINE_MPI_FROM_COMMAND;
    return std::filesystem::exists(installed, error) ? installed : std::filesystem::path{PLUMBLINE_BUILD_MPI};
}

[[noreturn]] void refuse()
{
    throw InputError{"mpirun",
                     "this build of plumbline has no MPI, expected one that was built with it (libopenmpi-dev)"};
}

}  // namespace

std::unique_ptr<Ranks> Ranks::begun()
{
    if (begun_processes() < 2) return nullptr;
    void* const module = ::dlopen(module_path().c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (module == nullptr) refuse();
    const auto begin = reinterpret_cast<BeginMpi>(::dlsym(module, kBeginMpi));
    const MpiFunctions* const mpi = begin == nullptr ? nullptr : begin();
    if (mpi == nullptr) refuse();
    return std::unique_ptr<Ranks>{new Ranks{*mpi}};
}

// How many ranks are on a machine they find out together: all of them ask as they begin, or those who do would wait for ever.
Ranks::Ranks(const MpiFunctions& mpi) : mpi_{mpi}
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    threads_ = std::max(1, cores / mpi_.count_here());
}

std::optional<Ranks::Message> Ranks::poll() const
{
    Message message;
    const std::int64_t size = mpi_.arrived(&message.from);
    if (size < 0) return std::nullopt;
    message.text.resize(static_cast<std::size_t>(size));
    mpi_.receive(message.from, message.text.data(), message.text.size());
    return message;
}

Ranks::Message Ranks::wait() const
{
    // MPI itself waits by asking again and again, as fast as it can.
    constexpr std::chrono::milliseconds kPause{1};
    while (true) {
        if (auto message = poll()) return std::move(*message);
        std::this_thread::sleep_for(kPause);
    }
}

std::size_t take_number(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    std::size_t number = 0;
    const char* const end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace plumbline::cli
