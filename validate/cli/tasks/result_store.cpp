// SPDX-License-Identifier: Apache-2.0
#include "tasks/result_store.hpp"

#include <nlohmann/json.hpp>

namespace plumbline::cli {

ResultStore::ResultStore(const std::string& path, const std::string& schema)
    : file_{path},
      lines_{path, file_.content(), schema}
{
    file_.cut_to(lines_.size());
    if (lines_.size() == 0) file_.append(result_header(schema));
}

void ResultStore::add(const std::string& key, const std::string& json)
{
    using Json = nlohmann::ordered_json;
    file_.append(Json{{"key", key}, {"run", Json::parse(json)}}.dump() + '\n');
}

}  // namespace plumbline::cli
