// SPDX-License-Identifier: Apache-2.0
// Which commands exist, and which of them does a command line ask for?
//
// Everything that can be said about flags comes from one tree: parsing, help, the manual page and completions (documentation/).
//
//     CommandLine line;
//     if (const auto code = line.parse({"evaluate", "--tile", "60x72"}, out, err)) return *code;
//     return line.run(context);
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "plumbline/io/onnx.hpp"

namespace plumbline::cli {

/// Values of the flags of all commands.
struct CommandArguments;

class CommandLine {
public:
    CommandLine();
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    /// All commands with their flags.
    const CLI::App& tree() const { return app_; }

    /// `arguments` without the program's name. Help goes to `out`, what is wrong to `err`.
    /// \return how the command ended where there is nothing to run
    std::optional<ExitCode> parse(std::vector<std::string> arguments, std::ostream& out, std::ostream& err);

    bool verbose() const { return verbose_; }
    /// How networks in ONNX are read.
    const io::OnnxOptions& onnx() const { return onnx_; }
    /// Of the command that was asked for. \pre parse() returned nothing
    std::string name() const;
    /// \throws InputError where an output would replace a file that is read
    void check_files() const;
    /// Runs it. \pre likewise
    ExitCode run(const Context& context) const { return chosen_(context); }

private:
    using Command = std::function<ExitCode(const Context&)>;

    template <class Arguments>
    void add_command(CLI::App& parent, const std::string& name, const std::string& help, Arguments& arguments,
                     ExitCode (*command)(const Context&, const Arguments&));
    void add_commands();
    void add_new();

    CLI::App app_;
    std::unique_ptr<CommandArguments> arguments_;
    Command chosen_;
    bool verbose_ = false;
    io::OnnxOptions onnx_;
};

}  // namespace plumbline::cli
