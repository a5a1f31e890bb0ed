// SPDX-License-Identifier: Apache-2.0
// What has no end, or no sense, is refused at once.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/io/csv.hpp"
#include "plumbline/io/npy.hpp"
#include "plumbline/io/records.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/io/trace_events.hpp"
#include "plumbline/io/trace_mapping.hpp"
#include "plumbline/io/vcd.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/io/zigzag_result.hpp"

namespace plumbline::test {
namespace {

void read_all_records(const std::string& path)
{
    io::read_records(path, tiny_accelerator(), [](const io::Record&) {});
}

/// A file of this test, gone after it.
class File {
public:
    explicit File(const std::string& name)
        : path_{std::filesystem::temp_directory_path() / ("plumbline_" + std::to_string(::getpid()) + '_' + name)}
    {}
    ~File() { std::filesystem::remove(path_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    std::string with(const std::string& bytes) const
    {
        std::ofstream{path_, std::ios::binary} << bytes;
        return path_.string();
    }
    std::string compressed(const std::string& bytes) const
    {
        const gzFile file = gzopen(path_.c_str(), "wb");
        gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
        gzclose(file);
        return path_.string();
    }

private:
    std::filesystem::path path_;
};

TEST(Readers, RefuseTheDeviceOfZerosAtOnce)
{
    const std::string zeros = "/dev/zero";
    const auto refused = [&](auto read) { expect_input_error(read, {zeros, 1, ""}, "has the character \\x00"); };
    refused([&] { io::read_accelerator(zeros); });
    refused([&] { io::read_workload(zeros); });
    refused([&] { io::read_mapping(zeros); });
    refused([&] { io::read_csv(zeros); });
    refused([&] { io::read_schedule(zeros, tiny_accelerator()); });
    refused([&] { io::read_zigzag_results(zeros); });
    refused([&] { io::read_trace_mapping(zeros); });
    refused([&] { io::read_trace_slices(zeros, [](const io::TraceSlice&) {}); });
    refused([&] { io::measure_signals(zeros, {}); });
    refused([&] { read_all_records(zeros); });
}

TEST(Readers, RefuseFilesWithoutAName)
{
    expect_input_error([] { io::read_csv(""); }, {"", 0, ""}, "'' cannot be read");
    expect_input_error([] { io::read_csv("/nowhere/at/all.csv"); }, {"/nowhere/at/all.csv", 0, ""}, "cannot be read");
    expect_input_error([] { io::read_csv("/dev"); }, {"/dev", 0, ""}, "it is a folder");
}

TEST(Records, AreNotCutAtANul)
{
    const File file{"nul.jsonl"};
    const std::string path = file.with(std::string{"\n\0{}\n", 5});
    expect_input_error([&] { read_all_records(path); }, {path, 2, ""}, "has the character \\x00");
}

TEST(Records, HaveLinesThatEnd)
{
    // 17 MiB that 17 KiB unpack to.
    const File file{"long.jsonl.gz"};
    const std::string path = file.compressed(std::string(17 << 20, 'x'));
    expect_input_error([&] { read_all_records(path); }, {path, 1, ""}, "a line is longer than 16 MiB");
}

TEST(Records, SayThatTheyAreDamagedInOwnWords)
{
    const File file{"cut.jsonl.gz"};
    const std::string path = file.compressed("{}\n");
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 6);
    expect_input_error([&] { read_all_records(path); }, {path, 1, ""}, "damaged or cut short");
}

TEST(Csv, HasAsManyColumnsAsPeopleWrite)
{
    std::string header = "a";
    for (int i = 0; i < 100000; ++i) header += ",c" + std::to_string(i);
    expect_input_error([&] { io::parse_csv(header, "wide.csv"); }, {"wide.csv", 1, ""}, "more than 256 columns");
}

TEST(Yaml, IsRefusedWhereItIsLarge)
{
    const std::string text = "# " + std::string(1 << 20, 'x') + '\n';
    expect_input_error([&] { io::parse_accelerator(text, "large.yaml"); }, {"large.yaml", 0, ""}, "larger than 1 MiB");
}

}  // namespace
}  // namespace plumbline::test
