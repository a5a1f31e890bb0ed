// SPDX-License-Identifier: Apache-2.0
#include "tasks/shard.hpp"

namespace plumbline::cli {

std::string text_of(const FilledStore& filled, const Shard& shard)
{
    std::string text = std::to_string(filled.all) + ' ' + filled.what + (filled.all == 1 ? "" : "s");
    if (!shard.is_all()) text += " of shard " + std::to_string(shard.number) + '/' + std::to_string(shard.count);
    return text + " in " + filled.store + ": " + std::to_string(filled.all - filled.known) + " computed, " +
           std::to_string(filled.known) + " were there\n";
}

}  // namespace plumbline::cli
