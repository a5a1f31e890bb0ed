// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/accelerator.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "peripheral/analytical_engine.hpp"
#include "peripheral/dma.hpp"
#include "peripheral/job_runner.hpp"
#include "peripheral/machine_engine.hpp"
#include "peripheral/register_access.hpp"
#include "peripheral/register_file.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/energy.hpp"
#include "plumbline/sim/observations.hpp"

namespace plumbline::sim {
namespace {

constexpr std::size_t kMostPrograms = 255;
constexpr std::size_t kDeepestQueue = 255;
constexpr Nanoseconds kSecond{1'000'000'000};

void check(const AcceleratorOptions& options, std::size_t programs)
{
    const auto expect = [](bool holds, const std::string& field, auto value, const std::string& expected) {
        if (!holds) throw InputError{field, "is " + std::to_string(value) + ", expected " + expected};
    };
    expect(programs >= 1 && programs <= kMostPrograms, "programs", programs, "1 to 255 of them");
    expect(options.queue_depth >= 1 && options.queue_depth <= kDeepestQueue, "queue_depth", options.queue_depth,
           "1 to 255");
    const Nanoseconds latency = options.register_latency;
    expect(latency >= Nanoseconds{} && latency <= kSecond, "register_latency", latency.count(), "0 to 1000000000 ns");
    const AddressWindow window = options.window;
    expect(window.first <= window.last, "window", window.first,
           "an address up to its last, " + std::to_string(window.last));
}

/// What is no thread cannot wait: it sees the state of kernel time.
bool in_thread()
{
    const sc_core::sc_curr_proc_kind kind = sc_core::sc_get_current_process_handle().proc_kind();
    return kind == sc_core::SC_THREAD_PROC_ || kind == sc_core::SC_CTHREAD_PROC_;
}

}  // namespace

Accelerator::Accelerator(const sc_core::sc_module_name& name, plumbline::Accelerator description,
                         const std::vector<AcceleratorProgram>& programs, AcceleratorOptions options)
    : sc_core::sc_module{name},
      registers{"registers"},
      dma{"dma"},
      interrupt{"interrupt"},
      reset{"reset"},
      description_{std::make_unique<const plumbline::Accelerator>(std::move(description))},
      options_{std::move(options)}
{
    sim::check(options_, programs.size());
    load(programs);
    build_parts();
    build_engines();
    registers.register_b_transport(this, &Accelerator::b_transport);
    registers.register_transport_dbg(this, &Accelerator::transport_dbg);
    registers.register_get_direct_mem_ptr(this, &Accelerator::get_direct_mem_ptr);
    SC_METHOD(obey);
    sensitive << reset;
    SC_METHOD(drive);
    sensitive << interrupt_changed_;
}

Accelerator::~Accelerator() = default;

void Accelerator::load(const std::vector<AcceleratorProgram>& programs)
{
    const Fidelity fidelity = options_.fidelity == AcceleratorFidelity::cycle ? Fidelity::cycle : Fidelity::transaction;
    for (const AcceleratorProgram& each : programs) {
        plumbline::check(each.schedule(), *description_, each.workload());
        if (options_.data == AcceleratorData::real) check_computable(each.workload());
        LoadedProgram loaded{
            each, compile(*description_, each.workload(), each.schedule(), Overcommit::refuse, fidelity), {}};
        loaded.layout = job_layout(loaded.schedule.off_chip(), each.workload());
        programs_.push_back(std::make_unique<LoadedProgram>(std::move(loaded)));
    }
}

void Accelerator::build_parts()
{
    clock_ = std::make_unique<Clock>(options_.period);
    dma_ = std::make_unique<Dma>("to_memory", options_);
    dma_->bus().socket.bind(dma);
    const auto ended = [this](const JobEnd& end) {
        file_->job_ended(end.error, end.interrupts);
        interrupt_changed_.notify(sc_core::SC_ZERO_TIME);
    };
    runner_ = std::make_unique<JobRunner>("jobs", *dma_, programs_, options_, description_->memories().size(), ended);
    RegisterViews views;
    views.status = [this] { return status(); };
    views.cycles = [this] { return static_cast<std::uint64_t>(runner_->cycles().count()); };
    views.counter = [this](std::uint32_t select) { return counter(select); };
    views.program_tiles = [this](std::uint32_t number) {
        return number < programs_.size() ? static_cast<std::uint32_t>(tiles(number)) : 0;
    };
    views.program_next = [this](std::uint32_t number) {
        return static_cast<std::uint32_t>(runner_->next_tile(number));
    };
    views.energy = [this] { return energy(); };
    file_ = std::make_unique<RegisterFile>(capabilities(), std::move(views));
}

void Accelerator::build_engines()
{
    for (std::size_t number = 0; number < programs_.size(); ++number) {
        LoadedProgram& program = *programs_[number];
        const std::string name = "program_" + std::to_string(number);
        if (options_.fidelity == AcceleratorFidelity::analytical) {
            program.engine = std::make_unique<AnalyticalEngine>(name.c_str(), *description_, program.network,
                                                                program.schedule, options_.data, *dma_, *clock_);
            continue;
        }
        program.engine = std::make_unique<MachineEngine>(name.c_str(), *description_, program.network, program.schedule,
                                                         options_.data, dma_->bus(), *clock_,
                                                         options_.observer ? options_.observer(number) : Observer{});
    }
}

void Accelerator::extend_payloads(std::function<void(tlm::tlm_generic_payload&)> extension)
{
    dma_->bus().extend(std::move(extension));
}

void Accelerator::set_period(Period period) { clock_->set_period(period); }

Period Accelerator::period() const { return clock_->period(); }

const LoadedProgram& Accelerator::loaded(std::size_t program) const
{
    if (program < programs_.size()) return *programs_[program];
    throw std::out_of_range{"program " + std::to_string(program) + " of an accelerator that has " +
                            std::to_string(programs_.size())};
}

Counters Accelerator::counters(std::size_t program) const { return loaded(program).engine->counters(); }

std::string Accelerator::observations(std::size_t program) const { return observations(program, Observed::everything); }

std::string Accelerator::observations(std::size_t program, Observed observed) const
{
    return sim::observations(*description_, loaded(program).network.workload(), counters(program), observed);
}

Cycles Accelerator::cycles() const { return runner_->cycles(); }

EnergySample Accelerator::energy() const
{
    return {runner_->energy(), sc_core::sc_time_stamp() / sc_core::sc_time{1, sc_core::SC_NS}};
}

std::int64_t Accelerator::tiles(std::size_t program) const { return loaded(program).schedule.tiles(); }

const JobLayout& Accelerator::layout(std::size_t program) const { return loaded(program).layout; }

std::uint32_t Accelerator::capabilities() const
{
    return static_cast<std::uint32_t>(programs_.size() | options_.queue_depth << 8 |
                                      description_->memories().size() << 16) |
           static_cast<std::uint32_t>(options_.fidelity) << 24 |
           (options_.data == AcceleratorData::real ? PLUMBLINE_CAPABILITIES_DATA : 0);
}

std::uint32_t Accelerator::status() const
{
    const bool idle = !runner_->busy() && runner_->waiting() == 0;
    return (idle ? PLUMBLINE_STATUS_IDLE : 0) | (runner_->busy() ? PLUMBLINE_STATUS_BUSY : 0) |
           (runner_->full() ? PLUMBLINE_STATUS_QUEUE_FULL : 0) | static_cast<std::uint32_t>(runner_->waiting() << 8);
}

/// Zero for what does not exist.
std::uint64_t Accelerator::counter(std::uint32_t select) const
{
    const MemoryId memory = select & 0xffU;
    const std::uint32_t operand = select >> 8 & 0xfU;
    const std::uint32_t direction = select >> 12 & 0xfU;
    const std::uint32_t unit = select >> 16;
    if (memory >= description_->memories().size() || operand >= kAllMemoryOperands.size()) return 0;
    if (direction >= kAllDirections.size()) return 0;
    const MemoryOperand which = kAllMemoryOperands[operand];
    const Direction where = kAllDirections[direction];
    const MemoryService* service = description_->memory(memory).service(which);
    if (service == nullptr || !service->port[where]) return 0;
    const TrafficCount traffic = runner_->traffic(memory, which, where);
    const Port& port = description_->port(memory, which, where);
    switch (unit) {
        case PLUMBLINE_COUNTER_GRANULES: return static_cast<std::uint64_t>(traffic.granules);
        case PLUMBLINE_COUNTER_BITS: return static_cast<std::uint64_t>(traffic.bits);
        case PLUMBLINE_COUNTER_WORDS_1024:
            return static_cast<std::uint64_t>(traffic.granules * port.granule.count() * 1024 / port.width.count());
        default: return 0;
    }
}

/// Whether it sees or changes what time changes. A refused access raises an error.
bool Accelerator::is_live(const tlm::tlm_generic_payload& payload)
{
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return false;
    if (refusal(payload) != tlm::TLM_OK_RESPONSE) return true;
    bool live = false;
    for_each_word(payload, [&](std::uint32_t offset, unsigned char*) { live |= RegisterFile::is_live(offset); });
    return live;
}

void Accelerator::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    payload.set_dmi_allowed(false);
    if (delay > sc_core::SC_ZERO_TIME && is_live(payload) && in_thread()) {
        sc_core::wait(delay);
        delay = sc_core::SC_ZERO_TIME;
    }
    payload.set_response_status(access(payload));
    delay += sc_core::sc_time{static_cast<double>(options_.register_latency.count()), sc_core::SC_NS};
}

tlm::tlm_response_status Accelerator::access(const tlm::tlm_generic_payload& payload)
{
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return tlm::TLM_OK_RESPONSE;
    const tlm::tlm_response_status status = refusal(payload);
    if (status != tlm::TLM_OK_RESPONSE) {
        file_->raise({PLUMBLINE_ERROR_ACCESS, payload.get_address()});
        interrupt_changed_.notify(sc_core::SC_ZERO_TIME);
        return status;
    }
    for_each_word(payload, [&](std::uint32_t offset, unsigned char* bytes) {
        payload.is_read() ? put_word(file_->read(offset), bytes) : write(offset, word_of(bytes));
    });
    return status;
}

void Accelerator::write(std::uint32_t offset, std::uint32_t value)
{
    if (offset == PLUMBLINE_REG_CONTROL) {
        control(value);
    } else {
        file_->write(offset, value);
    }
    interrupt_changed_.notify(sc_core::SC_ZERO_TIME);
}

/// A reset makes all else that is commanded with it pointless, and is over when this returns.
void Accelerator::control(std::uint32_t command)
{
    if ((command & PLUMBLINE_CONTROL_RESET) != 0) {
        start_anew();
        return;
    }
    if ((command & PLUMBLINE_CONTROL_CLEAR) != 0) {
        runner_->clear();
        file_->clear();
    }
    if ((command & PLUMBLINE_CONTROL_START) == 0 || held_in_reset()) return;
    if (!runner_->submit(file_->job())) file_->raise({PLUMBLINE_ERROR_QUEUE_FULL, file_->job()});
}

/// Any bytes of the map. What is written is stored where it is kept, and commands nothing.
unsigned Accelerator::transport_dbg(tlm::tlm_generic_payload& payload)
{
    if (payload.get_command() == tlm::TLM_IGNORE_COMMAND) return 0;
    const unsigned length = debug_length(payload);
    for (unsigned i = 0; i < length; ++i) {
        const auto offset = static_cast<std::uint32_t>(payload.get_address() + i);
        const std::uint32_t word = offset - offset % kRegisterBytes;
        const bool sees_the_one_before = payload.is_read() && word >= payload.get_address() + kRegisterBytes;
        std::array<unsigned char, kRegisterBytes> bytes{};
        put_word(sees_the_one_before ? file_->peek_with_the_one_before(word) : file_->peek(word), bytes.data());
        if (payload.is_read()) {
            payload.get_data_ptr()[i] = bytes[offset % kRegisterBytes];
        } else {
            bytes[offset % kRegisterBytes] = payload.get_data_ptr()[i];
            file_->poke(word, word_of(bytes.data()));
        }
    }
    if (payload.is_write()) interrupt_changed_.notify(sc_core::SC_ZERO_TIME);
    return length;
}

bool Accelerator::get_direct_mem_ptr(tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi)
{
    dmi.allow_none();
    dmi.set_start_address(0);
    dmi.set_end_address(~sc_dt::uint64{0});
    return false;
}

/// The reset line, which may be high from the beginning.
void Accelerator::obey()
{
    if (held_in_reset()) start_anew();
}

/// Any process may command it: what carries transactions out goes on, and all else of the accelerator calls nobody.
void Accelerator::start_anew()
{
    runner_->abandon();
    file_->reset();
    interrupt_changed_.notify(sc_core::SC_ZERO_TIME);
}

void Accelerator::drive()
{
    if (interrupt.size() > 0) interrupt->write(file_->interrupt());
}

}  // namespace plumbline::sim
