// SPDX-License-Identifier: Apache-2.0
#include "calibrate_store.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include <nlohmann/json.hpp>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

using Json = nlohmann::json;

const std::string kHeader = "{\"schema\":\"plumbline/calibrate-store/1\"}\n";

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

CalibrateStore::CalibrateStore(const std::string& path) : file_{path}
{
    std::string lines = file_.content();
    const std::size_t whole = lines.rfind('\n') + 1;  // npos + 1 is 0
    if (whole == 0 && kHeader.compare(0, lines.size(), lines) != 0)
        throw InputError{SourceLocation{path, 1, {}}, "is no store, expected " + kHeader};
    lines.resize(whole);
    read(path, lines);
    file_.cut_to(whole);
    if (whole == 0) file_.append(kHeader);
}

void CalibrateStore::read(const std::string& path, const std::string& lines)
{
    SourceLocation where{path, 1, {}};
    std::istringstream all{lines};
    for (std::string line; std::getline(all, line); ++where.line) {
        if (where.line == 1) {
            if (line + '\n' != kHeader) throw InputError{where, "is no store, expected " + kHeader};
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

std::optional<std::string> CalibrateStore::find(const std::string& key) const
{
    const auto found = lines_.find(key);
    if (found == lines_.end()) return std::nullopt;
    return found->second;
}

void CalibrateStore::add(const std::string& key, const std::string& line)
{
    file_.append(Json{{"key", key}, {"run", Json::parse(line)}}.dump() + '\n');
}

}  // namespace plumbline::cli
