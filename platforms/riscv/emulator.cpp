// SPDX-License-Identifier: Apache-2.0
#include "emulator.hpp"

#include <unicorn/unicorn.h>
#include <stdexcept>

namespace {

// The RISC-V instruction set manual, volume II: mcause, mie, mstatus.
constexpr std::uint32_t kMachineExternalInterrupt = 11;
constexpr std::uint32_t kCauseIsInterrupt = 0x8000'0000;
constexpr std::uint32_t kInterruptsEnabled = 1U << 3;
constexpr std::uint32_t kInterruptsWereEnabled = 1U << 7;
constexpr std::uint32_t kWasInMachineMode = 3U << 11;

constexpr std::uint32_t kNowhere = 0xffff'fffc;

void require(uc_err error)
{
    if (error != UC_ERR_OK) throw std::runtime_error{std::string{"Unicorn: "} + uc_strerror(error)};
}

uc_engine* open_engine()
{
    uc_engine* engine = nullptr;
    require(uc_open(UC_ARCH_RISCV, UC_MODE_RISCV32, &engine));
    return engine;
}

}  // namespace

struct Emulator::Callbacks {
    static Emulator& self(void* user) { return *static_cast<Emulator*>(user); }

    static void instruction(uc_engine*, std::uint64_t, std::uint32_t, void* user)
    {
        Emulator& core = self(user);
        if (++core.instructions_ == core.told_at_) core.host_.spent();
    }
    static std::uint64_t load(uc_engine*, std::uint64_t offset, unsigned bytes, void* user)
    {
        return self(user).host_.load(kHostBase + static_cast<std::uint32_t>(offset), bytes);
    }
    static void store(uc_engine*, std::uint64_t offset, unsigned bytes, std::uint64_t value, void* user)
    {
        self(user).host_.store(kHostBase + static_cast<std::uint32_t>(offset), bytes,
                               static_cast<std::uint32_t>(value));
    }
    /// ECALL, EBREAK and the like: of those traps the platform has none.
    static void exception(uc_engine*, std::uint32_t number, void* user)
    {
        self(user).fail("exception " + std::to_string(number));
    }
};

void Emulator::Close::operator()(uc_struct* engine) const { uc_close(engine); }

Emulator::Emulator(std::uint32_t memory_bytes, Host host) : host_{std::move(host)}, engine_{open_engine()}
{
    require(uc_mem_map(engine_.get(), 0, memory_bytes, UC_PROT_ALL));
    // But for the last page: Unicorn cannot map to the very end.
    constexpr std::size_t kHostBytes = 0xc000'0000 - 0x1000;
    require(uc_mmio_map(engine_.get(), kHostBase, kHostBytes, &Callbacks::load, this, &Callbacks::store, this));
    add_hook(UC_HOOK_CODE, reinterpret_cast<void*>(&Callbacks::instruction));
    add_hook(UC_HOOK_INTR, reinterpret_cast<void*>(&Callbacks::exception));
}

Emulator::~Emulator() = default;

void Emulator::add_hook(int type, void* callback)
{
    uc_hook hook = 0;
    constexpr std::uint64_t kFirst = 1, kLast = 0;  // everywhere
    require(uc_hook_add(engine_.get(), &hook, type, callback, this, kFirst, kLast));
}

std::uint32_t Emulator::read(int register_id) const
{
    std::uint32_t value = 0;
    require(uc_reg_read(engine_.get(), register_id, &value));
    return value;
}

void Emulator::write(int register_id, std::uint32_t value)
{
    require(uc_reg_write(engine_.get(), register_id, &value));
}

void Emulator::write(std::uint32_t address, const std::vector<std::uint8_t>& bytes)
{
    require(uc_mem_write(engine_.get(), address, bytes.data(), bytes.size()));
}

void Emulator::set(Register which, std::uint32_t value) { write(UC_RISCV_REG_A0 + static_cast<int>(which), value); }

Emulator::Pause Emulator::run()
{
    const uc_err error = uc_emu_start(engine_.get(), pc_, kNowhere, 0, 0);
    pc_ = read(UC_RISCV_REG_PC);
    if (error != UC_ERR_OK && failure_.empty()) failure_ = uc_strerror(error);
    return failure_.empty() ? Pause::waits : Pause::failed;
}

void Emulator::fail(const std::string& reason)
{
    failure_ = reason;
    uc_emu_stop(engine_.get());
}

bool Emulator::listens() const { return ((read(UC_RISCV_REG_MIE) >> kMachineExternalInterrupt) & 1U) != 0; }

void Emulator::interrupt()
{
    const std::uint32_t status = read(UC_RISCV_REG_MSTATUS);
    if (!listens() || (status & kInterruptsEnabled) == 0) return;
    write(UC_RISCV_REG_MEPC, pc_);
    write(UC_RISCV_REG_MCAUSE, kCauseIsInterrupt | kMachineExternalInterrupt);
    write(UC_RISCV_REG_MSTATUS, (status & ~kInterruptsEnabled) | kInterruptsWereEnabled | kWasInMachineMode);
    pc_ = read(UC_RISCV_REG_MTVEC) & ~3U;
}
