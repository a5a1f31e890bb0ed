// SPDX-License-Identifier: Apache-2.0
#include "execution/run_store.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include <nlohmann/json.hpp>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

using Json = nlohmann::json;

}  // namespace

/// FNV-1a.
std::string fingerprint(const std::string& text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    char digits[16];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), hash, 16).ptr;
    return {digits, end};
}

std::string text_of(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file) throw InputError{path, "cannot be read"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

RunStore::RunStore(const std::string& path, const std::string& kind)
    : header_{R"({"schema":"plumbline/)" + kind + "-store/1\"}\n"},
      file_{path}
{
    std::string lines = file_.content();
    const std::size_t whole = lines.rfind('\n') + 1;  // npos + 1 is 0
    if (whole == 0 && header_.compare(0, lines.size(), lines) != 0)
        throw InputError{SourceLocation{path, 1, {}}, "is no store, expected " + header_};
    lines.resize(whole);
    read(path, lines);
    file_.cut_to(whole);
    if (whole == 0) file_.append(header_);
}

void RunStore::read(const std::string& path, const std::string& lines)
{
    SourceLocation where{path, 1, {}};
    std::istringstream all{lines};
    for (std::string line; std::getline(all, line); ++where.line) {
        if (where.line == 1) {
            if (line + '\n' != header_) throw InputError{where, "is no store, expected " + header_};
            continue;
        }
        try {
            const Json json = Json::parse(line);
            lines_[json.at("key").get<std::string>()] = json.at("run").dump();
        } catch (const Json::exception&) {
            throw InputError{where, R"(cannot be understood, expected {"key": …, "run": …})"};
        }
    }
}

std::optional<std::string> RunStore::find(const std::string& key) const
{
    const auto found = lines_.find(key);
    if (found == lines_.end()) return std::nullopt;
    return found->second;
}

void RunStore::add(const std::string& key, const std::string& line)
{
    file_.append(Json{{"key", key}, {"run", Json::parse(line)}}.dump() + '\n');
}

}  // namespace plumbline::cli
