// SPDX-License-Identifier: Apache-2.0
#include "driver.hpp"

#include <iomanip>

namespace {

constexpr std::uint64_t kJobAddress = 0;
constexpr const char* kOperands[] = {"I1", "I2", "O"};
constexpr const char* kDirections[] = {"read_down", "write_from_down", "read_up", "write_from_up"};

}  // namespace

std::uint32_t Driver::access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value)
{
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(offset);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(sizeof value);
    payload.set_streaming_width(sizeof value);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    registers->b_transport(payload, delay);
    if (payload.is_response_error()) SC_REPORT_ERROR("driver", payload.get_response_string().c_str());
    wait(delay);
    return value;
}

void Driver::run()
{
    memory_.put(kJobAddress, job_);
    write(PLUMBLINE_REG_JOB_LOW, kJobAddress);
    write(PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
    write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
    while (!interrupt.read()) wait(interrupt.value_changed_event());
    const std::uint32_t error = read(PLUMBLINE_REG_ERROR);
    report << name() << ": " << read(PLUMBLINE_REG_JOBS_DONE) << " job, error " << error << ", "
           << read_pair(PLUMBLINE_REG_CYCLES_LOW) << " cycles, now " << sc_core::sc_time_stamp() << '\n';
    report_counters();
    good = error == PLUMBLINE_ERROR_NONE && read(PLUMBLINE_REG_JOBS_DONE) == 1;
}

void Driver::report_counters()
{
    const std::uint32_t memories = PLUMBLINE_CAPABILITIES_MEMORIES(read(PLUMBLINE_REG_CAPABILITIES));
    for (std::uint32_t memory = 0; memory < memories; ++memory)
        for (std::uint32_t operand = 0; operand < 3; ++operand)
            for (std::uint32_t direction = 0; direction < 4; ++direction) {
                write(PLUMBLINE_REG_COUNTER_SELECT,
                      PLUMBLINE_COUNTER(memory, operand, direction, PLUMBLINE_COUNTER_WORDS_1024));
                const std::uint64_t words = read_pair(PLUMBLINE_REG_COUNTER_LOW);
                if (words == 0) continue;
                report << "  memory " << memory << ' ' << kOperands[operand] << ' ' << kDirections[direction] << ": "
                       << std::fixed << std::setprecision(1) << static_cast<double>(words) / 1024 << " words\n";
            }
}
