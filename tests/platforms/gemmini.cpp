// SPDX-License-Identifier: Apache-2.0
// Predicts the rows of Gemmini's RTL, fits what is not known of the machine to four fifths of the shapes at a time, and says how
// far off predictions of the others are.
//
//     gemmini <folder of buffers.csv and mappings.csv> [--judge FILE] [--format table|json]
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <systemc>

#include <plumbline/error.hpp>

#include "gemmini_report.hpp"

using namespace plumbline;

namespace {

struct Usage {
    std::string problem;
};

struct Arguments {
    std::string folder;
    std::optional<std::string> judge;
    bool json = false;
};

Arguments arguments_of(const std::vector<std::string>& words)
{
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto value = [&] {
            if (i + 1 == words.size()) throw Usage{words[i] + " needs a value"};
            return words[++i];
        };
        if (words[i] == "--judge") {
            arguments.judge = value();
        } else if (words[i] == "--format") {
            const std::string format = value();
            if (format != "table" && format != "json")
                throw Usage{"--format is '" + format + "', expected table or json"};
            arguments.json = format == "json";
        } else if (words[i].substr(0, 1) == "-" || !arguments.folder.empty()) {
            throw Usage{"unexpected '" + words[i] + "'"};
        } else {
            arguments.folder = words[i];
        }
    }
    if (arguments.folder.empty()) throw Usage{"a folder is missing"};
    return arguments;
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    try {
        const Arguments arguments = arguments_of({argv + 1, argv + argc});
        const gemmini::Report report = gemmini::report_on(arguments.folder, arguments.judge);
        std::cout << (arguments.json ? gemmini::json_of(report) : gemmini::text_of(report));
        return 0;
    } catch (const Usage& usage) {
        std::cerr << usage.problem << "\nusage: gemmini <folder> [--judge FILE] [--format table|json]\n";
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
    return 2;
}
