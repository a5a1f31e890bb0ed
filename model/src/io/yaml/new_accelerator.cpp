// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/new_accelerator.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <set>

#include "plumbline/error.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::io {
namespace {

// Picojoules per bit, from the descriptions that DeFiNES published (platforms/accelerators): registers 0.01 pJ a byte; memories
// of 32 KiB 17.2 pJ for 512 bits, of 64 KiB 26.56 for 512, of 1 MiB 208.08 for 1024: within 6 % of a square root; off-chip memory
// 700 pJ for 64 bits; an 8-bit MAC 0.04 pJ.
constexpr double kRegisterBit = 0.00125;
constexpr double kMebibyteBit = 0.2;
constexpr double kOffChipBit = 11;
constexpr double kByteMac = 0.04;

constexpr Bits kOffChipSize = mebibytes(1024);
constexpr std::int64_t kGranule = 64;
constexpr std::int64_t kCyclesToDrain = 4;  // of the sums of the whole array
constexpr double kMostMacs = 1 << 20;
constexpr Bits kMostPrecision{256};

struct NewPort {
    const char* name;
    const char* type;
    Bits width;
    std::string allocation;
};

struct WrittenMemory {
    std::string name;
    std::string purpose;
    Bits size;
    double bit_energy;  ///< in pJ
    std::string operands;
    std::vector<NewPort> ports;
    std::string served;
};

bool indexes_weights(LoopDim dim)
{
    return dim == LoopDim::k || dim == LoopDim::c || dim == LoopDim::g || dim == LoopDim::fx || dim == LoopDim::fy;
}

bool indexes_outputs(LoopDim dim) { return dim != LoopDim::c && dim != LoopDim::fx && dim != LoopDim::fy; }

bool indexes_inputs(LoopDim dim) { return dim != LoopDim::k; }

/// Names of the array dimensions whose loop is (or is not) one of an operand.
template <class Indexes>
std::string dimensions_without(const NewAccelerator& answers, Indexes indexes)
{
    std::string names;
    for (std::size_t i = 0; i < answers.array.size(); ++i)
        if (!indexes(answers.array[i].loop)) names += (names.empty() ? "D" : ", D") + std::to_string(i + 1);
    return names;
}

std::string all_dimensions(const NewAccelerator& answers)
{
    return dimensions_without(answers, [](LoopDim) { return false; });
}

/// Values of an operand that the array takes in a cycle.
template <class Indexes>
std::int64_t lanes_of(const NewAccelerator& answers, Indexes indexes)
{
    std::int64_t lanes = 1;
    for (const NewArrayDimension& each : answers.array)
        if (indexes(each.loop)) lanes *= each.size;
    return lanes;
}

std::int64_t power_of_two_from(std::int64_t value)
{
    std::int64_t power = 1;
    while (power < value) power *= 2;
    return power;
}

bool holds(const NewMemory& memory, MemoryOperand operand)
{
    return std::find(memory.operands.begin(), memory.operands.end(), operand) != memory.operands.end();
}

Bits bandwidth_of(const NewMemory& memory, const NewAccelerator& answers)
{
    if (memory.bandwidth > Bits{}) return memory.bandwidth;
    std::int64_t bits = 64;
    if (holds(memory, MemoryOperand::i1))
        bits = std::max(bits, lanes_of(answers, indexes_inputs) * answers.precision.count());
    if (holds(memory, MemoryOperand::i2))
        bits = std::max(bits, lanes_of(answers, indexes_weights) * answers.precision.count());
    if (holds(memory, MemoryOperand::o))
        bits = std::max(bits, lanes_of(answers, indexes_outputs) * answers.sum_precision.count() / kCyclesToDrain);
    return Bits{std::min(power_of_two_from(bits), memory.size.count())};
}

/// "I1, tl", "O, tl", … of the operands of a memory. \param outputs what of O goes through beside the inputs' direction
std::string allocation(const NewMemory& memory, const char* direction, std::initializer_list<const char*> of_outputs)
{
    std::string all;
    const auto add = [&all](const std::string& operand, const std::string& way) {
        all += (all.empty() ? "\"" : ", \"") + operand + ", " + way + '"';
    };
    for (MemoryOperand operand : {MemoryOperand::i1, MemoryOperand::i2})
        if (holds(memory, operand)) add(std::string{name_of(operand)}, direction);
    if (holds(memory, MemoryOperand::o))
        for (const char* way : of_outputs) add("O", way);
    return all;
}

std::string operands_of(const NewMemory& memory)
{
    std::string all;
    for (MemoryOperand operand : kAllMemoryOperands)
        if (holds(memory, operand)) all += (all.empty() ? "" : ", ") + std::string{name_of(operand)};
    return all;
}

WrittenMemory weight_register(const NewAccelerator& answers)
{
    const Bits width = answers.precision;
    return {"register_w",
            "a weight at each MAC, or for MACs that share it",
            width,
            kRegisterBit,
            "I2",
            {{"r_port_1", "read", width, R"("I2, tl")"}, {"w_port_1", "write", width, R"("I2, fh")"}},
            dimensions_without(answers, indexes_weights)};
}

WrittenMemory sum_register(const NewAccelerator& answers)
{
    const Bits width = answers.sum_precision;
    return {"register_o",
            "a partial sum at each MAC, or for MACs that add into it",
            width,
            kRegisterBit,
            "O",
            {{"r_port_1", "read", width, R"("O, tl")"},
             {"r_port_2", "read", width, R"("O, th")"},
             {"w_port_1", "write", width, R"("O, fh")"},
             {"w_port_2", "write", width, R"("O, fl")"}},
            dimensions_without(answers, indexes_outputs)};
}

WrittenMemory on_chip(const NewMemory& memory, const NewAccelerator& answers)
{
    const Bits width = bandwidth_of(memory, answers);
    const double size = memory.size / mebibytes(1);
    return {memory.name,
            "on-chip memory",
            memory.size,
            std::max(kRegisterBit, kMebibyteBit * std::sqrt(size)),
            operands_of(memory),
            {{"r_port_1", "read", width, allocation(memory, "tl", {"tl", "th"})},
             {"w_port_1", "write", width, allocation(memory, "fh", {"fh", "fl"})}},
            all_dimensions(answers)};
}

WrittenMemory off_chip(const NewAccelerator& answers)
{
    return {"off_chip",
            "off-chip memory: the last one, which holds everything",
            kOffChipSize,
            kOffChipBit,
            "I1, I2, O",
            {{"rw_port_1", "read_write", answers.off_chip_bandwidth,
              R"("I1, fh", "I1, tl", "I2, fh", "I2, tl", "O, fh", "O, tl", "O, fl", "O, th")"}},
            all_dimensions(answers)};
}

/// Four digits: a rule of thumb has no more.
std::string energy(double picojoules)
{
    TextStream text;
    text.precision(4);
    text << picojoules;
    return text.str();
}

void write(TextStream& out, const NewPort& port)
{
    const std::int64_t granule = std::min(kGranule, port.width.count());
    out << "      - {name: " << port.name << ", type: " << port.type << ", bandwidth_min: " << granule
        << ", bandwidth_max: " << port.width.count() << ", allocation: [" << port.allocation << "]}\n";
}

void write(TextStream& out, const WrittenMemory& memory)
{
    const double word = memory.bit_energy * static_cast<double>(memory.ports.front().width.count());
    out << "  " << memory.name << ":  # " << memory.purpose << '\n';
    out << "    size: " << memory.size.count() << '\n';
    out << "    r_cost: " << energy(word) << "  # to be replaced\n";
    out << "    w_cost: " << energy(word) << "  # to be replaced\n";
    out << "    latency: 1\n";
    out << "    operands: [" << memory.operands << "]\n";
    out << "    ports:\n";
    for (const NewPort& port : memory.ports) write(out, port);
    out << "    served_dimensions: [" << memory.served << "]\n";
}

constexpr const char* kMemoryFields = R"(
# Memories from the MACs outwards; the last one is off chip. Operands: I1 are features, I2 weights, O outputs and partial sums.
#   size               bits of one instance
#   r_cost, w_cost     pJ for reading and writing a word, which is as wide as a port
#   latency            cycles before the first word of a read
#   operands           what it holds
#   ports              each moves bandwidth_max bits a cycle at most (a word), in pieces of bandwidth_min bits
#     type             read, write or read_write
#     allocation       what goes through it: tl is read towards the MACs, th read towards off-chip memory, fh written from there,
#                      fl written from the MACs
#   served_dimensions  array dimensions that share an instance; along the others each MAC has its own
# Energies are a rule of thumb and are to be replaced by yours: registers )";

void write_head(TextStream& out, const NewAccelerator& answers)
{
    out << "# " << answers.name << ": written by `plumbline new accelerator`, a first description to be edited.\n"
        << "# `plumbline check` says what is suspicious in it, `plumbline describe` draws it.\n"
        << "name: " << answers.name << "\n\noperational_array:\n";
    const double bytes = static_cast<double>(answers.precision.count()) / 8;
    out << "  unit_energy: " << energy(kByteMac * bytes * bytes) << "  # pJ of a multiply-accumulate; to be replaced\n";
    out << "  dimensions: [" << all_dimensions(answers) << "]  # names of the array's axes\n  sizes: [";
    for (std::size_t i = 0; i < answers.array.size(); ++i) out << (i == 0 ? "" : ", ") << answers.array[i].size;
    out << "]  # MACs along each\n";
}

/// A loop of convolutions as another operator has it; nothing where it has no such loop.
const char* loop_of_channels(LoopDim dim, bool windows)
{
    switch (dim) {
        case LoopDim::k:
        case LoopDim::g: return "G";
        case LoopDim::ox: return "OX";
        case LoopDim::oy: return "OY";
        case LoopDim::b: return "B";
        case LoopDim::fx: return windows ? "FX" : nullptr;
        case LoopDim::fy: return windows ? "FY" : nullptr;
        case LoopDim::c: break;
    }
    return nullptr;
}

/// What is unrolled over which dimension of the array. \param loop_of the loop in the place of a convolution's; null: none
template <class LoopOf>
std::string unrolling(const NewAccelerator& answers, LoopOf loop_of)
{
    TextStream text;
    for (std::size_t i = 0; i < answers.array.size(); ++i) {
        const std::string loop = loop_of(answers.array[i].loop);
        if (loop.empty()) continue;
        text << (text.str().empty() ? "" : ", ") << 'D' << i + 1 << ": [\"" << loop << ", " << answers.array[i].size
             << "\"]";
    }
    return text.str();
}

void write_rule(TextStream& out, const std::string& name, const std::string& unrolled, const char* inputs)
{
    out << "\n- name: " << name << "\n  spatial_mapping: {" << unrolled << "}\n  memory_operand_links: {O: O, "
        << inputs << "}\n";
}

/// Names stand in YAML without quotes.
void check_plain(const std::string& name, const std::string& field)
{
    constexpr const char* kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    const bool plain = name.find_first_not_of(kPlain) == std::string::npos;
    const bool letter = !name.empty() && std::string{kPlain}.find(name.front()) < 52;
    if (plain && letter) return;
    throw InputError{field, "is '" + name + "', expected a letter, then letters, digits, '_' or '-'"};
}

void check_answers(const NewAccelerator& answers)
{
    check_plain(answers.name, "name");
    if (answers.array.empty()) throw InputError{"array", "is empty, expected at least one dimension"};
    double units = 1;
    for (const NewArrayDimension& each : answers.array) {
        if (each.size < 1)
            throw InputError{"array", "has a dimension of " + std::to_string(each.size) + " MACs, expected 1 or more"};
        units *= static_cast<double>(each.size);
    }
    if (units > kMostMacs) throw InputError{"array", "has too many MACs, expected at most 1048576"};
    for (const Bits each : {answers.precision, answers.sum_precision})
        if (each < Bits{1} || each > kMostPrecision)
            throw InputError{"precision", "is " + std::to_string(each.count()) + ", expected 1 to 256 bits"};
    std::set<std::string> names{"register_w", "register_o", "off_chip"};
    for (const NewMemory& memory : answers.memories) {
        check_plain(memory.name, "memories");
        if (!names.insert(memory.name).second)
            throw InputError{"memories", "another memory is called '" + memory.name + "', expected names that differ"};
    }
}

}  // namespace

std::string accelerator_yaml(const NewAccelerator& answers)
{
    check_answers(answers);
    TextStream out;
    write_head(out, answers);
    out << kMemoryFields << energy(kRegisterBit) << " pJ a bit,\n# on-chip memories " << energy(kMebibyteBit)
        << " pJ a bit at 1 MiB and with the square root of the size, off-chip memory " << energy(kOffChipBit)
        << " pJ a bit, a MAC of 8 bits\n# " << energy(kByteMac)
        << " pJ and with the square of the precision. The descriptions that DeFiNES published are near "
           "it.\nmemories:\n";
    write(out, weight_register(answers));
    write(out, sum_register(answers));
    for (const NewMemory& memory : answers.memories) write(out, on_chip(memory, answers));
    write(out, off_chip(answers));
    parse_accelerator(out.str(), answers.name);  // refuses what no accelerator can have
    return out.str();
}

std::string mapping_yaml(const NewAccelerator& answers)
{
    check_answers(answers);
    TextStream out;
    out << "# Mapping rules of " << answers.name << ": which loop is unrolled over which dimension of the array.\n"
        << "#   name                  an operator type, the name of a layer, or default for all others\n"
        << "#   spatial_mapping       array dimension: [loop, at most so often]; it is cut to what layer and tile "
           "have\n"
        << "#   memory_operand_links  what holds each operand of the layer: I1, I2 or O of the accelerator\n";
    const auto channels = [](bool windows) {
        return [windows](LoopDim dim) {
            const char* loop = loop_of_channels(dim, windows);
            return std::string{loop == nullptr ? "" : loop};
        };
    };
    write_rule(out, "default", unrolling(answers, [](LoopDim dim) { return std::string{name_of(dim)}; }),
               "W: I2, I: I1");
    write_rule(out, "DepthwiseConv", unrolling(answers, channels(true)), "W: I2, I: I1");
    write_rule(out, "Pooling", unrolling(answers, channels(true)), "W: I2, I: I1");
    write_rule(out, "Add", unrolling(answers, channels(false)), "X: I1, Y: I1");
    return out.str();
}

}  // namespace plumbline::io
