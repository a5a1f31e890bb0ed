// SPDX-License-Identifier: Apache-2.0
// The process around run(). SystemC's library brings a main of its own that greets and then calls sc_main; this one
// replaces it, asks for silence, and is the only file of the command that knows SystemC.
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include <systemc>

#include "execution/context.hpp"
#include "execution/memory_shortage.hpp"
#include "execution/output_file.hpp"
#include "execution/standard_streams.hpp"
#include "run.hpp"

namespace {

/// Leaves no half-written file behind, then lets the signal do what it always does. Workers end with this process.
extern "C" void on_interrupt(int signal)
{
    plumbline::cli::discard_unfinished_files();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

/// What ends the process cleans up first, unless whoever started it wants it ignored (nohup). What only says that something
/// cannot be written is left to the write, which says so, too.
void handle_signals()
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        if (std::signal(signal, on_interrupt) == SIG_IGN) std::signal(signal, SIG_IGN);
    }
    for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
}

/// Whatever stops the machine stops the command with a message, not the process.
void on_report(const sc_core::sc_report& report, const sc_core::sc_actions&)
{
    if (report.get_severity() >= sc_core::SC_ERROR) throw report;
    if (report.get_severity() < sc_core::SC_WARNING) return;
    std::cerr << "plumbline: warning: " << report.get_msg_type() << ": " << report.get_msg() << '\n';
}

/// Results that could not be written are no results, but for a reader who had read enough.
int checked(int code, int error)
{
    if (error == 0 || error == EPIPE) return code;
    std::cerr << "plumbline: error: standard output: cannot be written: " << std::strerror(error) << '\n';
    return static_cast<int>(plumbline::cli::ExitCode::bad_input);
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    sc_core::sc_report_handler::set_handler(on_report);
    plumbline::cli::StandardOutput output;
    std::ostream out{&output};
    const int code = plumbline::cli::run(std::vector<std::string>(argv + 1, argv + argc), out, std::cerr);
    out.flush();
    return checked(code, output.error());
}

int main(int argc, char* argv[])
{
    plumbline::cli::open_standard_descriptors();
    handle_signals();
    plumbline::cli::watch_memory();
    ::setenv("SC_COPYRIGHT_MESSAGE", "DISABLE", 1);
    return sc_core::sc_elab_and_sim(argc, argv);
}
