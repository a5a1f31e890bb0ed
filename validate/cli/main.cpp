// SPDX-License-Identifier: Apache-2.0
// The process around run(). SystemC's library brings a main of its own that greets and then calls sc_main; this one
// replaces it, asks for silence, and is the only file of the command that knows SystemC.
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <systemc>

#include "execution/output_file.hpp"
#include "run.hpp"

namespace {

/// Leaves no half-written file behind, then lets the signal do what it always does.
extern "C" void on_interrupt(int signal)
{
    plumbline::cli::discard_unfinished_files();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

/// Whatever stops the machine stops the command with a message, not the process.
void on_report(const sc_core::sc_report& report, const sc_core::sc_actions&)
{
    if (report.get_severity() >= sc_core::SC_ERROR) throw report;
    if (report.get_severity() < sc_core::SC_WARNING) return;
    std::cerr << "plumbline: warning: " << report.get_msg_type() << ": " << report.get_msg() << '\n';
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    sc_core::sc_report_handler::set_handler(on_report);
    return plumbline::cli::run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}

int main(int argc, char* argv[])
{
    for (int signal : {SIGINT, SIGTERM}) std::signal(signal, on_interrupt);
    ::setenv("SC_COPYRIGHT_MESSAGE", "DISABLE", 1);
    return sc_core::sc_elab_and_sim(argc, argv);
}
