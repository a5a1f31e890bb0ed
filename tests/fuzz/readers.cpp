// SPDX-License-Identifier: Apache-2.0
#include "fuzz/readers.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <unistd.h>

#include "fuzz/seeds.hpp"
#include "model/tiny.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/csv.hpp"
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/io/json_text.hpp"
#include "plumbline/io/npy.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/records.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/io/tolerances_yaml.hpp"
#include "plumbline/io/trace_mapping.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/validate/import.hpp"
#include "plumbline/validate/quantities.hpp"

namespace plumbline::test {
namespace {

namespace fs = std::filesystem;

/// Not a name that any text has by chance.
constexpr std::string_view kInput = "fuzzed_input";

/// A folder of this process, gone with it.
class Scratch {
public:
    Scratch() : folder_{fs::temp_directory_path() / ("plumbline_fuzz_" + std::to_string(::getpid()))}
    {
        fs::create_directories(folder_);
    }
    ~Scratch()
    {
        std::error_code error;
        fs::remove_all(folder_, error);
    }
    std::string path(const std::string& ending) const { return (folder_ / (std::string{kInput} + ending)).string(); }

    std::string write(const std::string& name, const std::string& bytes) const
    {
        std::string path = (folder_ / name).string();
        std::ofstream{path, std::ios::binary} << bytes;
        return path;
    }

private:
    fs::path folder_;
};

const Scratch& scratch()
{
    static const Scratch folder;
    return folder;
}

std::string as_file(const std::string& bytes, const std::string& ending)
{
    return scratch().write(std::string{kInput} + ending, bytes);
}

const Accelerator& machine()
{
    static const Accelerator tiny = tiny_accelerator();
    return tiny;
}

const Workload& network()
{
    static const Workload tiny = tiny_workload();
    return tiny;
}

/// Something that no file of a name without meaning can be.
const std::string kName{kInput};

void import(const std::string& bytes, const std::string& ending)
{
    static const std::string mapping = scratch().write(std::string{kInput} + "_mapping.yaml", kTraceMapping);
    validate::import_run_record({as_file(bytes, ending)}, machine(), network(), {mapping, {}});
}

std::vector<Reader> descriptions()
{
    return {
        {"accelerator", accelerator_seeds(), [](const auto& text) { io::parse_accelerator(text, kName); }},
        {"workload", workload_seeds(), [](const auto& text) { io::parse_workload(text, kName); }},
        {"mapping", mapping_seeds(), [](const auto& text) { io::parse_mapping(text, kName, machine()); }},
        {"profile", {kProfile}, [](const auto& text) { io::parse_calibration(text, kName, machine()); }},
        {"tolerances", {kTolerances}, [](const auto& text) { io::parse_tolerances(text, kName); }},
        {"trace_mapping", {kTraceMapping}, [](const auto& text) { io::read_trace_mapping(as_file(text, ".yaml")); }},
        {"schedule",
         {io::to_json(tiny_schedule(), machine())},
         [](const auto& text) { io::schedule_from_json(text, kName, machine(), network()); }},
    };
}

std::vector<Reader> measurements()
{
    const auto read_records = [](const std::string& bytes) {
        const std::string path = as_file(bytes, ".jsonl");
        io::origin_of_records(path);
        io::read_records(path, machine(), [](const io::Record&) {});
    };
    return {
        {"records", record_seeds(), read_records},
        {"csv", {kObservations, kTimes}, [](const auto& text) { import(text, ".csv"); }},
        {"zigzag_result", {kZigzagResult, kZigzagLayers}, [](const auto& text) { import(text, ".json"); }},
        {"trace", {kForeignTrace, kOwnTrace}, [](const auto& text) { import(text, ".json"); }},
        {"waveform", {kWaveform}, [](const auto& text) { import(text, ".vcd"); }},
        {"npy", npy_seeds(), [](const auto& bytes) { io::read_npy(as_file(bytes, ".npy")); }},
        {"store",
         {kStoredPoint},
         [](const auto& text) {
             io::check_json(text, SourceLocation{kName, 1, {}});
         }},
        {"quantities", {kQuantities}, [](const auto& text) { validate::quantities_from_json_line(text); }},
        {"cuts", {"auto;none;conv,1;0"}, [](const auto& text) { io::parse_cut_alternatives(text, network(), kName); }},
    };
}

/// Words that only a library would use.
constexpr std::array kForbidden{"json.exception", "yaml-cpp",     "bad_alloc",      "basic_string",   "vector::",
                                "std::",          "E549",         "syntax error",   "bad conversion", "invalid node",
                                "bad file",       "header check", "filesystem err", "regex_error",    "map::at",
                                "stod",           "stoi",         "what():",        "not in range",   "_M_",
                                "google",         "protobuf",     "InferenceError", "==> Context"};

/// Without what errors quote of the file, and without the field, which may be a name in it: their words are nobody's fault.
std::string own_words(const InputError& error)
{
    std::string text = error.what();
    if (const std::size_t field = text.find(error.where().field); field != std::string::npos)
        text.erase(field, error.where().field.size());
    const std::size_t first = text.find('\'');
    const std::size_t last = text.rfind('\'');
    return first == last ? text : text.erase(first, last - first);
}

std::string fault_of(const InputError& error, const std::string& reader, const std::string& bytes)
{
    const std::string text = error.what();
    const std::string own = own_words(error);
    for (const char* words : kForbidden)
        if (own.find(words) != std::string::npos && bytes.find(words) == std::string::npos)
            return "words of a library: " + text;
    for (char c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return "a control character: " + text;
    // A line of a store is placed by whoever reads the store.
    const bool placed = text.find(kInput) != std::string::npos || reader == "quantities";
    return placed ? std::string{} : "no file: " + text;
}

}  // namespace

const std::vector<Reader>& readers()
{
    static const std::vector<Reader> all = [] {
        std::vector<Reader> found = descriptions();
        for (Reader& each : measurements()) found.push_back(std::move(each));
        if (io::reads_onnx())
            found.push_back({"onnx", onnx_seeds(), [](const auto& bytes) { io::parse_onnx(bytes, kName); }});
        return found;
    }();
    return all;
}

std::string fault_of(const Reader& reader, const std::string& bytes, bool* taken)
{
    try {
        reader.read(bytes);
        *taken = true;
    } catch (const InputError& error) {
        return fault_of(error, reader.name, bytes);
    } catch (const std::exception& error) {
        return std::string{"an exception that is no InputError: "} + error.what();
    }
    return {};
}

}  // namespace plumbline::test
