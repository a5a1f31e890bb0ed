// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include <exception>
#include <iostream>
#include <new>
#include <string_view>
#include <utility>

#include <spdlog/sinks/ostream_sink.h>
#include <unistd.h>

#include "command_line.hpp"
#include "execution/memory_shortage.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping_store.hpp"
#include "plumbline/printable.hpp"
#include "plumbline/sim/overcommit.hpp"

namespace plumbline::cli {
namespace {

Context context_of(std::ostream& out, std::ostream& err)
{
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true);
    auto log = std::make_shared<spdlog::logger>("plumbline", std::move(sink));
    log->set_pattern("%n: %l: %v");
    log->set_level(spdlog::level::warn);
    return {out, err, std::move(log), &err == &std::cerr && ::isatty(STDERR_FILENO) != 0};
}

/// Of an error that is none of ours, in one line: the machine wraps what its processes throw in a report of several lines.
std::string reason_of(const std::string& what)
{
    constexpr std::string_view kWrapped = "uncaught exception: ";
    const std::string line = what.substr(0, what.find('\n'));
    if (says_memory_is_short(line)) return "there is not enough memory";
    const std::size_t wrapped = line.find(kWrapped);
    return printable(wrapped == std::string::npos ? line : line.substr(wrapped + kWrapped.size()));
}

ExitCode guarded(const CommandLine& line, const Context& context)
{
    const std::string name = line.name();
    try {
        line.check_files();
        return line.run(context);
    } catch (const InfeasibleError& error) {
        context.log->error("infeasible: {}", printable(error.what()));
        return ExitCode::infeasible;
    } catch (const sim::DoesNotFit& error) {
        context.log->error("infeasible: {}", error.what());
        return ExitCode::infeasible;
    } catch (const InputError& error) {
        context.log->error("{}", error.what());
    } catch (const MappingStoreError& error) {
        context.log->error("{}", error.what());
    } catch (const std::bad_alloc&) {
        context.log->error("{}: there is not enough memory", name);
    } catch (const std::exception& error) {
        context.log->error("{}: {}", name, memory_was_short() ? "there is not enough memory" : reason_of(error.what()));
    }
    return ExitCode::bad_input;
}

}  // namespace

int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err)
{
    CommandLine line;
    if (const auto code = line.parse(std::move(arguments), out, err)) return static_cast<int>(*code);
    Context context = context_of(out, err);
    context.onnx = line.onnx();
    if (line.verbose()) context.log->set_level(spdlog::level::info);
    return static_cast<int>(guarded(line, context));
}

}  // namespace plumbline::cli
