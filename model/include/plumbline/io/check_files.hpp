// SPDX-License-Identifier: Apache-2.0
// What is wrong or suspicious in files that describe accelerators, networks and mapping rules, all of it at once?
//
// Each file is read; what its reader refuses is an error of that file, of each layer, memory and rule the first, and then of what is right by
// itself where it meets. The others are checked nevertheless. What can be read is
// checked as plumbline/check.hpp says: each description alone, and those that are given together with each other. Keys that ZigZag's
// files have and that mean nothing here are remarks, once a file.
//
//     for (const Finding& finding : io::check_files({"mine.yaml", "rules.yaml"})) std::cout << finding.where.line;
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/check.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// Reads networks of other formats (io::read_onnx()); nothing for a path of a YAML file. May throw InputError.
using NetworkReader = std::function<std::optional<Workload>(const std::string& path)>;

/// Findings in the order of the files and, within one, of its lines; each names its file, its line where there is one, and the
/// field. What a file describes is told from its content. Layers and rules are numbered as in their file. Networks that
/// `reader` reads are checked like others; their findings have no lines.
std::vector<Finding> check_files(const std::vector<std::string>& paths, const NetworkReader& reader = {});

/// What a file describes; nothing where it cannot be read or is none of the three.
std::optional<DescriptionKind> description_kind(const std::string& path);

}  // namespace plumbline::io
#pragma GCC visibility pop
