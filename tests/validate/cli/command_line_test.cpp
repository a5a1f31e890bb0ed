// SPDX-License-Identifier: Apache-2.0
// What is said of a command line besides running it: names that are nearly right, examples, the manual page, completions.
#include "command_line.hpp"

#include <gmock/gmock.h>

#include <iomanip>
#include <sstream>

#include "documentation/command_tree.hpp"
#include "folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string refusal(std::vector<std::string> arguments)
{
    const CommandResult result = plumbline(std::move(arguments));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.out, IsEmpty());
    return result.err;
}

TEST(DidYouMean, IsAskedOfCommands)
{
    EXPECT_EQ(refusal({"evalute"}), "no command 'evalute', did you mean 'evaluate'?\n");
    EXPECT_EQ(refusal({"new", "acelerator"}), "no command 'new acelerator', did you mean 'accelerator'?\n");
    EXPECT_THAT(refusal({"transmogrify"}), AllOf(HasSubstr("expected one of calibrate, "), HasSubstr("validate")));
}

TEST(DidYouMean, IsAskedOfFlags)
{
    EXPECT_EQ(refusal({"evaluate", "--acelerator", "tpu_like"}),
              "plumbline evaluate has no flag '--acelerator', did you mean '--accelerator'?\n");
    EXPECT_EQ(refusal({"evaluate", "--verbos"}),
              "plumbline evaluate has no flag '--verbos', did you mean '--verbose'?\n");
    EXPECT_EQ(refusal({"--versoin"}), "plumbline has no flag '--versoin', did you mean '--version'?\n");
    EXPECT_EQ(refusal({"new", "accelerator", "--precison=8"}),
              "plumbline new accelerator has no flag '--precison', did you mean '--precision'?\n");
    EXPECT_THAT(refusal({"evaluate", "--transmogrify"}), HasSubstr("'--transmogrify', see --help"));
}

TEST(DidYouMean, IsAskedOfDescriptionsAndLayers)
{
    const std::vector<std::string> fsrcnn{"evaluate", "--accelerator", "tpu_like", "--tile", "4x4", "--workload"};
    std::vector<std::string> misspelt = fsrcnn;
    misspelt.emplace_back("fsrccn");
    EXPECT_THAT(refusal(misspelt),
                HasSubstr("--workload: 'fsrccn' is neither a file nor built in, did you mean 'fsrcnn'?"));
    std::vector<std::string> cut = fsrcnn;
    cut.insert(cut.end(), {"fsrcnn", "--cuts", "atuo"});
    EXPECT_THAT(refusal(cut), HasSubstr("--cuts: 'atuo' is no layer of fsrcnn, did you mean 'auto'?"));
}

/// As a shell splits a line without variables; what goes to a pipe or a file is left out.
std::vector<std::string> words_of(const std::string& line)
{
    std::vector<std::string> words;
    std::istringstream all{line};
    for (std::string word; all >> std::quoted(word) && word != "|" && word != ">";) {
        if (word.front() == '\'') word = word.substr(1, word.size() - 2);
        words.push_back(word);
    }
    return words;
}

TEST(Examples, CanBeTyped)
{
    const cli::CommandLine line;
    for (const cli::DocumentedCommand& command : cli::documented_commands(line.tree())) {
        if (command.below.empty()) { EXPECT_THAT(command.examples, Not(IsEmpty())) << command.path; }
        for (const std::string& example : command.examples) {
            std::vector<std::string> words = words_of(example);
            ASSERT_EQ(words.front(), "plumbline");
            EXPECT_EQ(example.find("plumbline " + command.path), 0U) << example;
            words.erase(words.begin());
            cli::CommandLine typed;
            std::ostringstream out;
            std::ostringstream err;
            EXPECT_EQ(typed.parse(words, out, err), std::nullopt) << example << ": " << err.str();
        }
    }
}

TEST(Help, ShowsExamples)
{
    EXPECT_THAT(plumbline({"evaluate", "--help"}).out, HasSubstr("Examples:\n  plumbline evaluate --accelerator"));
    EXPECT_THAT(plumbline({"--help"}).out, AllOf(HasSubstr("Examples:\n  plumbline"), HasSubstr("describe")));
}

std::string escaped(const std::string& text) { return replaced(text, "-", "\\-"); }

TEST(Manual, NamesEveryFlagOfEveryCommand)
{
    const std::string manual = plumbline({"manual"}).out;
    const cli::CommandLine line;
    for (const cli::DocumentedCommand& command : cli::documented_commands(line.tree())) {
        if (!command.below.empty()) continue;
        const std::size_t begin = manual.find(".SS plumbline " + command.path + '\n');
        ASSERT_NE(begin, std::string::npos) << command.path;
        const std::string part = manual.substr(begin, manual.find("\n.S", begin + 1) - begin);
        for (const cli::DocumentedFlag& flag : command.flags)
            for (const std::string& name : flag.names)
                EXPECT_TRUE(flag.names.back() == "--help" ||
                            part.find("\\fB" + escaped(name) + "\\fR") != std::string::npos)
                    << command.path << ' ' << name;
    }
    EXPECT_THAT(manual, AllOf(HasSubstr(".TH PLUMBLINE 1"), HasSubstr(".SH EXIT STATUS")));
}

TEST(Completion, NeedsAShellThatItKnows)
{
    EXPECT_THAT(refusal({"completion", "fish"}), HasSubstr("bash"));
    EXPECT_THAT(plumbline({"completion", "bash"}).out, HasSubstr("complete -o filenames -F _plumbline plumbline"));
    EXPECT_THAT(plumbline({"completion", "zsh"}).out, HasSubstr("#compdef plumbline"));
}

}  // namespace
}  // namespace plumbline
