// SPDX-License-Identifier: Apache-2.0
#include "options/new_accelerator_flags.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <sstream>
#include <string_view>

#include "options/flags.hpp"
#include "options/number_flag.hpp"

namespace plumbline::cli {
namespace {

constexpr std::array<LoopDim, 4> kLoopsByPlace{LoopDim::k, LoopDim::c, LoopDim::ox, LoopDim::oy};
constexpr const char* kArrayForm =
    "expected MACs by loop such as K=16,C=4,OX=4,OY=4, or 16x16 (over K, C, OX, OY in turn)";
constexpr const char* kMemoryForm =
    "expected name, size, what it holds (I features, W weights, O outputs) and bits per cycle, such as "
    "maps:64KiB:IO:512; "
    "the last may be left out";

struct SizeUnit {
    std::string_view name;
    std::int64_t bits;
};
constexpr std::array<SizeUnit, 5> kSizeUnits{{{"bit", 1},
                                              {"B", 8},
                                              {"KiB", 8192},
                                              {"MiB", std::int64_t{8192} * 1024},
                                              {"GiB", std::int64_t{8192} * 1024 * 1024}}};

std::vector<std::string> parts_of(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream all{text};
    for (std::string part; std::getline(all, part, separator);) parts.push_back(part);
    return parts;
}

/// A whole number, 1 to 2^32.
std::optional<std::int64_t> positive(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > std::int64_t{1} << 32U)
        return std::nullopt;
    return value;
}

/// "64KiB".
std::optional<Bits> size_in(std::string_view text)
{
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    for (const SizeUnit& unit : kSizeUnits) {
        if (text.substr(digits) != unit.name) continue;
        const auto amount = positive(text.substr(0, digits));
        if (!amount || *amount > (std::int64_t{1} << 50U) / unit.bits) return std::nullopt;
        return Bits{*amount * unit.bits};
    }
    return std::nullopt;
}

std::optional<MemoryOperand> operand_called(char letter)
{
    if (letter == 'I') return MemoryOperand::i1;
    if (letter == 'W') return MemoryOperand::i2;
    if (letter == 'O') return MemoryOperand::o;
    return std::nullopt;
}

char letter_of(MemoryOperand operand)
{
    switch (operand) {
        case MemoryOperand::i1: return 'I';
        case MemoryOperand::i2: return 'W';
        case MemoryOperand::o: break;
    }
    return 'O';
}

[[noreturn]] void refuse(const std::string& flag, const std::string& text, const std::string& expected)
{
    throw CLI::ValidationError(flag, '\'' + text + "' cannot be understood, " + expected);
}

std::string size_text_of(Bits size)
{
    for (auto unit = kSizeUnits.rbegin(); unit != kSizeUnits.rend(); ++unit)
        if (size.count() % unit->bits == 0) return std::to_string(size.count() / unit->bits) + std::string{unit->name};
    return {};
}

}  // namespace

std::vector<io::NewArrayDimension> parse_array(const std::string& flag, const std::string& text)
{
    const bool named = text.find('=') != std::string::npos;
    std::vector<io::NewArrayDimension> array;
    for (const std::string& part : parts_of(text, named ? ',' : 'x')) {
        const std::size_t equals = part.find('=');
        if (named != (equals != std::string::npos)) refuse(flag, text, kArrayForm);
        if (!named && array.size() == kLoopsByPlace.size()) refuse(flag, text, kArrayForm);
        const auto loop = named ? loop_dim_named(part.substr(0, equals)) : kLoopsByPlace[array.size()];
        const auto size = positive(named ? part.substr(equals + 1) : part);
        if (!loop || !size) refuse(flag, text, kArrayForm);
        array.push_back({*loop, *size});
    }
    if (array.empty()) refuse(flag, text, kArrayForm);
    return array;
}

io::NewMemory parse_memory(const std::string& flag, const std::string& text)
{
    const std::vector<std::string> parts = parts_of(text, ':');
    if (parts.size() < 3 || parts.size() > 4) refuse(flag, text, kMemoryForm);
    io::NewMemory memory;
    memory.name = parts[0];
    const auto size = size_in(parts[1]);
    if (!size) refuse(flag, text, "expected a size such as 64KiB, 512B or 16bit");
    memory.size = *size;
    for (char letter : parts[2]) {
        const auto operand = operand_called(letter);
        if (!operand) refuse(flag, text, kMemoryForm);
        memory.operands.push_back(*operand);
    }
    if (parts.size() == 3) return memory;
    const auto bandwidth = positive(parts[3]);
    if (!bandwidth) refuse(flag, text, kMemoryForm);
    memory.bandwidth = Bits{*bandwidth};
    return memory;
}

std::string text_of(const std::vector<io::NewArrayDimension>& array)
{
    std::string text;
    for (const io::NewArrayDimension& each : array)
        text += (text.empty() ? "" : ",") + std::string{name_of(each.loop)} + '=' + std::to_string(each.size);
    return text;
}

std::string text_of(const std::vector<io::NewMemory>& memories)
{
    std::string text;
    for (const io::NewMemory& each : memories) {
        text += (text.empty() ? "" : " ") + each.name + ':' + size_text_of(each.size) + ':';
        for (MemoryOperand operand : each.operands) text += letter_of(operand);
        if (each.bandwidth > Bits{}) text += ':' + std::to_string(each.bandwidth.count());
    }
    return text;
}

void add_new_accelerator(CLI::App& app, io::NewAccelerator& answers)
{
    app.add_option("--name", answers.name, "What it is called")->capture_default_str();
    app.add_option_function<std::string>(
           "--array", [&answers](const std::string& text) { answers.array = parse_array("--array", text); },
           "MACs along each dimension of the array, by the loop that is unrolled over it")
        ->type_name("K=16,C=4,OX=4,OY=4|16x16")
        ->default_str(text_of(answers.array));
    const auto set_bits = [](Bits& bits) { return [&bits](const std::int64_t& count) { bits = Bits{count}; }; };
    app.add_option_function<std::int64_t>("--precision", set_bits(answers.precision), "Bits of weights and features")
        ->transform(number<std::int64_t>(1, 256, "BITS"))
        ->default_str(number_text(answers.precision.count()));
    app.add_option_function<std::int64_t>("--sum-precision", set_bits(answers.sum_precision), "Bits of partial sums")
        ->transform(number<std::int64_t>(1, 256, "BITS"))
        ->default_str(number_text(answers.sum_precision.count()));
    app.add_option_function<std::vector<std::string>>(
           "--memory",
           [&answers](const std::vector<std::string>& texts) {
               answers.memories.clear();
               for (const std::string& text : texts) answers.memories.push_back(parse_memory("--memory", text));
           },
           "On-chip memories, lowest first: name, size, what it holds (I features, W weights, O outputs), bits per "
           "cycle")
        ->type_name("maps:64KiB:IO:512")
        ->default_str(text_of(answers.memories));
    app.add_option_function<std::int64_t>("--off-chip-bandwidth", set_bits(answers.off_chip_bandwidth),
                                          "Bits per cycle of off-chip memory")
        ->transform(number<std::int64_t>(1, std::int64_t{1} << 20U, "BITS"))
        ->default_str(number_text(answers.off_chip_bandwidth.count()));
}

}  // namespace plumbline::cli
