// SPDX-License-Identifier: Apache-2.0
// The processes that `mpirun -n 4 plumbline …` begins, on one machine or on many: texts between them.
//
//     if (auto ranks = Ranks::begun()) …                      // null: the command runs alone
//     ranks->send(0, "ready");
//     for (auto message = ranks->wait(); !message.text.empty(); message = ranks->wait()) …
//     ranks->end();
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mpi/mpi_functions.hpp"

namespace plumbline::cli {

class Ranks {
public:
    struct Message {
        int from = 0;
        std::string text;
    };

    /// Null where mpirun did not begin this process, or no other. To be called once.
    /// \throws InputError where this build has no MPI
    static std::unique_ptr<Ranks> begun();

    /// From 0; that one deals out the work.
    int rank() const { return mpi_.rank(); }
    int count() const { return mpi_.count(); }
    /// Processors of this machine for each of the ranks on it, at least one.
    int threads() const { return threads_; }

    void send(int to, const std::string& text) const { mpi_.send(to, text.data(), text.size()); }
    /// The next message; none if none has arrived.
    std::optional<Message> poll() const;
    /// The next message. Does not keep a processor busy.
    Message wait() const;

    /// All ranks are done: to be called by each.
    void end() const { mpi_.end(); }
    /// One of them cannot go on: ends all.
    void abort(int exit_code) const { mpi_.abort(exit_code); }

private:
    explicit Ranks(const MpiFunctions& mpi);

    const MpiFunctions& mpi_;
    int threads_;
};

/// Of a message, the number that it begins with, behind spaces: is cut off.
std::size_t take_number(std::string_view& text);

}  // namespace plumbline::cli
