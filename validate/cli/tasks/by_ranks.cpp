// SPDX-License-Identifier: Apache-2.0
#include "tasks/by_ranks.hpp"

#include <string_view>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

constexpr std::string_view kFailed = "failed ";  // and the reason behind it

/// Tells the rank that deals, and waits to be ended by it.
void give_up(const std::string& reason, const Ranks& ranks)
{
    ranks.send(0, std::string{kFailed} + reason);
    ranks.wait();
}

ExitCode deal_out(const Context& context, const Ranks& ranks, const std::function<ExitCode(const Context&)>& deal)
{
    Context dealing = context;
    dealing.ranks = &ranks;
    return deal(dealing);
}

}  // namespace

void refuse_failed(const Ranks::Message& message)
{
    if (!message.text.starts_with(kFailed)) return;
    throw InputError{"rank " + std::to_string(message.from), message.text.substr(kFailed.size())};
}

ExitCode by_ranks(const Context& context, const Ranks* ranks, const std::function<ExitCode(const Context&)>& deal,
                  const std::function<void(const Ranks&)>& serve)
{
    if (ranks == nullptr) return deal(context);
    const bool deals = ranks->rank() == 0;
    if (!deals) context.log->set_level(spdlog::level::off);
    try {
        ExitCode code = ExitCode::done;
        if (deals)
            code = deal_out(context, *ranks, deal);
        else
            serve(*ranks);
        ranks->end();
        return code;
    } catch (const InfeasibleError&) {
        ranks->end();
        throw;
    } catch (const std::exception& error) {
        if (!deals) give_up(error.what(), *ranks);
        // The others wait for work that never comes.
        context.log->error("{}", error.what());
        ranks->abort(static_cast<int>(ExitCode::bad_input));
        throw;
    }
}

}  // namespace plumbline::cli
