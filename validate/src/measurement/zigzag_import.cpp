// SPDX-License-Identifier: Apache-2.0
#include "measurement/zigzag_import.hpp"

#include "measurement/error_location.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/zigzag_result.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;

void add_operand(RunRecordBuilder& builder, const MaybeActivity& activity, const io::ZigzagOperand& given)
{
    const Accelerator& accelerator = builder.accelerator();
    const MemoryOperand operand = RunRecordBuilder::operand(given.memory_operand);
    const std::vector<MemoryId>& levels = accelerator.levels(operand);
    const std::string owner = accelerator.name() + " for " + std::string{name_of(operand)};
    if (given.word_accesses.size() > levels.size()) {
        throw InputError{"outputs.memory.word_accesses." + given.name,
                         "has " + std::to_string(given.word_accesses.size()) + " levels, but only " +
                             std::to_string(levels.size()) + " memories are in " + owner};
    }
    for (std::size_t level = 0; level < given.word_accesses.size(); ++level) {
        for (Direction direction : kAllDirections) {
            const double words = given.word_accesses[level][direction];
            if (words == 0) continue;
            // Where the memory has no port for it, the machine makes none: that deviates, and is no fault of the file.
            builder.add_accesses(activity, {levels[level], operand, direction}, words, io::AmountUnit::words);
        }
    }
}

void add_result(RunRecordBuilder& builder, const io::ZigzagResult& result, const std::string& place)
{
    MaybeActivity activity;
    if (result.layer) {
        activity = Activity{Activity::Kind::compute, builder.layer(*result.layer)};
        builder.begin_result(*activity->layer, place);
        builder.add_time(*activity, StatedPhase::loading, result.onloading);
        builder.add_time(*activity, StatedPhase::computing, result.computation);
        builder.add_time(*activity, StatedPhase::offloading, result.offloading);
    } else {
        builder.add_run_time(result.onloading + result.computation + result.offloading);
        builder.add_energy(Picojoules{result.energy_pj});
    }
    for (const io::ZigzagOperand& operand : result.operands) add_operand(builder, activity, operand);
}

}  // namespace

void import_zigzag(const std::string& path, RunRecordBuilder& builder)
{
    for (const io::ZigzagResult& result : io::read_zigzag_results(path))
        at(path, result.line, [&] { add_result(builder, result, path + ':' + std::to_string(result.line)); });
}

}  // namespace plumbline::validate
