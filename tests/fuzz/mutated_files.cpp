// SPDX-License-Identifier: Apache-2.0
// Gives readers thousands of files that are almost right. Each must be taken or refused within a second of this process, in one
// line that names the file and has no words of a library.
//
//     mutated_files COUNT [READER [SEED [INDEX]]]   with INDEX that file alone, written to standard output
//     mutated_files seeds FOLDER                    writes what the files are made from: where a fuzzer begins

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <unistd.h>

#include "fuzz/mutation.hpp"
#include "fuzz/readers.hpp"

namespace plumbline::test {
namespace {

constexpr double kLongest = 1;    // seconds of the processor
constexpr unsigned kHangs = 60;   // seconds of the clock
const char* current_reader = "";  // for what is printed when one hangs or breaks
unsigned long current_index = 0;

void print_number(unsigned long number)
{
    char digits[24];
    std::size_t begin = sizeof digits;
    do {
        digits[--begin] = static_cast<char>('0' + number % 10);
        number /= 10;
    } while (number > 0);
    (void)!::write(STDERR_FILENO, digits + begin, sizeof digits - begin);
}

/// Which input it was; nothing here may allocate.
extern "C" void on_end(int signal)
{
    const std::string_view name{current_reader};
    (void)!::write(STDERR_FILENO, name.data(), name.size());
    (void)!::write(STDERR_FILENO, " index ", 7);
    print_number(current_index);
    (void)!::write(STDERR_FILENO, signal == SIGALRM ? " hangs\n" : " breaks\n", signal == SIGALRM ? 7 : 8);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::string input(const Reader& reader, unsigned long seed, unsigned long index)
{
    std::mt19937_64 random{seed * 1000003 + index};
    return mutated(reader.seeds, random);
}

struct Tally {
    unsigned long inputs = 0;
    unsigned long taken = 0;
    unsigned long faults = 0;
    double longest = 0;
};

void report(const Reader& reader, unsigned long seed, unsigned long index, const std::string& fault)
{
    std::cout << reader.name << ' ' << seed << ' ' << index << ": " << fault.substr(0, 400) << std::endl;
}

void try_input(const Reader& reader, unsigned long seed, unsigned long index, Tally& tally)
{
    current_index = index;
    const std::string bytes = input(reader, seed, index);
    ::alarm(kHangs);
    const std::clock_t begin = std::clock();
    bool taken = false;
    const std::string fault = fault_of(reader, bytes, &taken);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    ::alarm(0);
    ++tally.inputs;
    tally.taken += taken ? 1 : 0;
    tally.longest = std::max(tally.longest, seconds);
    const std::string slow = seconds > kLongest ? "takes " + std::to_string(seconds) + " s" : std::string{};
    if (fault.empty() && slow.empty()) return;
    ++tally.faults;
    report(reader, seed, index, fault.empty() ? slow : fault);
}

bool try_reader(const Reader& reader, unsigned long count, unsigned long seed)
{
    current_reader = reader.name.c_str();
    Tally tally;
    bool taken = false;  // others may be about another machine
    fault_of(reader, reader.seeds.front(), &taken);
    if (!taken) std::cout << reader.name << ": its first seed is refused" << std::endl;
    if (!taken) ++tally.faults;
    for (unsigned long index = 0; index < count; ++index) try_input(reader, seed, index, tally);
    std::cout << reader.name << ": " << tally.inputs << " inputs, " << tally.taken << " taken, " << tally.faults
              << " faults, longest " << tally.longest << " s" << std::endl;
    return tally.faults == 0;
}

int write_seeds(const std::filesystem::path& folder)
{
    for (const Reader& reader : readers()) {
        std::filesystem::create_directories(folder / reader.name);
        for (std::size_t i = 0; i < reader.seeds.size(); ++i)
            std::ofstream{folder / reader.name / std::to_string(i), std::ios::binary} << reader.seeds[i];
    }
    return EXIT_SUCCESS;
}

int run(const std::vector<std::string>& arguments)
{
    if (arguments.size() == 2 && arguments[0] == "seeds") return write_seeds(arguments[1]);
    const auto number = [&](std::size_t i, unsigned long otherwise) {
        return arguments.size() > i ? std::stoul(arguments[i]) : otherwise;
    };
    const unsigned long count = number(0, 1000);
    const std::string only = arguments.size() > 1 ? arguments[1] : std::string{};
    const unsigned long seed = number(2, 1);
    bool good = true;
    bool found = false;
    for (const Reader& reader : readers()) {
        if (!only.empty() && only != "all" && reader.name != only) continue;
        found = true;
        if (arguments.size() > 3) {
            std::cout << input(reader, seed, number(3, 0));
            return EXIT_SUCCESS;
        }
        good = try_reader(reader, count, seed) && good;
    }
    return good && found ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace plumbline::test

int main(int argc, char* argv[])
{
    for (int signal : {SIGALRM, SIGABRT, SIGSEGV}) std::signal(signal, plumbline::test::on_end);
    return plumbline::test::run({argv + 1, argv + argc});
}
