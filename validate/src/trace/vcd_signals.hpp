// SPDX-License-Identifier: Apache-2.0
// Signals of a VCD file: declared in scopes, then set as time goes by. Of several values in one moment the last counts,
// and a value that a signal has already is not written.
//
//     VcdSignals signals{out};
//     signals.enter("sram");
//     const SignalId busy = signals.add("busy", 1);
//     signals.leave();
//     signals.begin();
//     signals.set(busy, 1, 1500);
//     signals.finish(2000);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/validate/text_buffer.hpp"

namespace plumbline::validate {

using SignalId = std::size_t;

class VcdSignals {
public:
    /// Writes to `out`, which must outlive this.
    explicit VcdSignals(TextBuffer& out) : out_{&out} {}

    /// \pre begin() has not been called
    void enter(const std::string& scope);
    void leave();
    SignalId add(const std::string& name, int bits);

    /// Ends the declarations. Signals that are not set by the end of time 0 are unknown.
    void begin();
    /// Unknown where there is no value. \pre time does not go back; the value is not negative
    void set(SignalId signal, std::optional<std::int64_t> value, std::int64_t time);
    /// The end of the last values.
    void finish(std::int64_t time);

private:
    struct Signal {
        std::string code;
        bool vector = false;
        std::optional<std::int64_t> value;
        std::optional<std::int64_t> written;
        bool changing = false;
    };

    void write(const Signal& signal);
    void write_first();
    void write_changes();

    TextBuffer* out_;
    std::vector<Signal> signals_;
    std::vector<SignalId> changing_;
    std::int64_t time_ = 0;
    std::int64_t written_time_ = 0;
    bool started_ = false;
};

}  // namespace plumbline::validate
