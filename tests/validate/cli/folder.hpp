// SPDX-License-Identifier: Apache-2.0
// A folder for the files of one test, gone after it; and the command called in-process.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "run.hpp"

namespace plumbline::test {

inline std::string read_text(const std::filesystem::path& path)
{
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// With each `part` replaced.
inline std::string replaced(std::string text, const std::string& part, const std::string& by)
{
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
        text.replace(at, part.size(), by);
    return text;
}

class Folder {
public:
    Folder() : path_{std::filesystem::temp_directory_path() / ("plumbline_test_" + std::to_string(::getpid()))}
    {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string path(const std::string& name) const { return (path_ / name).string(); }
    /// The path of a new file.
    std::string add(const std::string& name, const std::string& text) const
    {
        std::ofstream{path_ / name} << text;
        return path(name);
    }
    std::size_t files() const
    {
        const std::filesystem::directory_iterator all{path_};
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

private:
    std::filesystem::path path_;
};

struct CommandResult {
    int exit_code = 0;
    std::string out;
    std::string err;
};

inline CommandResult plumbline(std::vector<std::string> arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    const int exit_code = cli::run(std::move(arguments), out, err);
    return {exit_code, out.str(), err.str()};
}

/// Of the network below.
struct PairSizes {
    int map = 8;  ///< rows and columns of outputs
    int inputs = 2;
    int between = 4;  ///< features of the first layer
    int outputs = 2;
};

/// A 3x3 convolution, then a pointwise one; quick to plan and to simulate. By default it turns 10 x 10 pixels into 8 x 8.
inline std::string pair_yaml(const PairSizes& sizes = {})
{
    const std::string map = std::to_string(sizes.map) + ", " + std::to_string(sizes.map);
    const std::string between = std::to_string(sizes.between);
    return R"(
- id: 0
  name: conv
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, )" +
           between + ", " + std::to_string(sizes.inputs) + ", " + map + R"(, 3, 3]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 0, I: 0}
- id: 1
  name: pointwise
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c]*I[b][c][oy][ox]
  loop_dims: [B, K, C, OY, OX]
  loop_sizes: [1, )" +
           std::to_string(sizes.outputs) + ", " + between + ", " + map + R"(]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 1, I: 0}
)";
}

/// `command` on the network above in a corner of Meta_prototype_DF, then `more`.
inline CommandResult on_pair(const Folder& folder, const std::string& command, std::vector<std::string> more)
{
    const std::string workload = folder.add("pair.yaml", pair_yaml());
    std::vector<std::string> arguments{command, "--accelerator", "meta_prototype_df", "--workload", workload};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return plumbline(std::move(arguments));
}

}  // namespace plumbline::test
