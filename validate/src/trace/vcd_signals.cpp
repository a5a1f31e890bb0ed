// SPDX-License-Identifier: Apache-2.0
#include "trace/vcd_signals.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>

namespace plumbline::validate {
namespace {

/// Printable characters number the signals: !, ", …, ~, !!, …
std::string code_of(SignalId signal)
{
    constexpr SignalId kCharacters = '~' - '!' + 1;
    std::string code;
    for (SignalId rest = signal + 1; rest > 0; rest = (rest - 1) / kCharacters) {
        code.insert(code.begin(), static_cast<char>('!' + (rest - 1) % kCharacters));
    }
    return code;
}

/// A name is a word.
std::string as_word(std::string name)
{
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isgraph(c) == 0; }, '_');
    return name;
}

}  // namespace

void VcdSignals::enter(const std::string& scope) { *out_ << "$scope module " << as_word(scope) << " $end\n"; }

void VcdSignals::leave() { *out_ << "$upscope $end\n"; }

SignalId VcdSignals::add(const std::string& name, int bits)
{
    Signal signal;
    signal.code = code_of(signals_.size());
    signal.vector = bits > 1;
    *out_ << "$var wire " << std::int64_t{bits} << " " << signal.code << " " << as_word(name);
    if (signal.vector) *out_ << " [" << std::int64_t{bits - 1} << ":0]";
    *out_ << " $end\n";
    signals_.push_back(std::move(signal));
    return signals_.size() - 1;
}

void VcdSignals::begin() { *out_ << "$enddefinitions $end\n"; }

/// All values of time 0, be they known or not.
void VcdSignals::write_first()
{
    *out_ << "#0\n$dumpvars\n";
    for (Signal& signal : signals_) {
        signal.written = signal.value;
        write(signal);
    }
    *out_ << "$end\n";
    started_ = true;
}

void VcdSignals::set(SignalId signal, std::optional<std::int64_t> value, std::int64_t time)
{
    assert(time >= time_);
    if (time != time_) {
        write_changes();
        time_ = time;
    }
    Signal& changed = signals_[signal];
    changed.value = value;
    if (changed.changing) return;
    changed.changing = true;
    changing_.push_back(signal);
}

void VcdSignals::write_changes()
{
    if (!started_) write_first();
    for (SignalId id : changing_) {
        Signal& signal = signals_[id];
        signal.changing = false;
        if (signal.value == signal.written) continue;
        if (written_time_ != time_) *out_ << "#" << time_ << "\n";
        written_time_ = time_;
        signal.written = signal.value;
        write(signal);
    }
    changing_.clear();
}

void VcdSignals::write(const Signal& signal)
{
    if (!signal.vector) {
        *out_ << (!signal.written ? "x" : *signal.written == 0 ? "0" : "1") << signal.code << "\n";
        return;
    }
    if (!signal.written) {
        *out_ << "bx " << signal.code << "\n";
        return;
    }
    std::array<char, 64> digits{};
    std::size_t first = digits.size();
    auto rest = static_cast<std::uint64_t>(*signal.written);
    do {
        digits[--first] = static_cast<char>('0' + (rest & 1U));
        rest >>= 1U;
    } while (rest != 0);
    *out_ << "b" << std::string_view{digits.data() + first, digits.size() - first} << " " << signal.code << "\n";
}

void VcdSignals::finish(std::int64_t time)
{
    write_changes();
    if (time > written_time_) *out_ << "#" << time << "\n";
}

}  // namespace plumbline::validate
