// SPDX-License-Identifier: Apache-2.0
// An RV32IM core without time: Unicorn (https://www.unicorn-engine.org) behind the few questions that a CPU model asks.
//
// Code and private data lie in the core's own memory, from address 0 on; loads and stores elsewhere go to its host. Each
// instruction is counted before it executes, loads and stores included, so the count is exact at every access.
// No other file knows Unicorn, which is GPL-2: nothing that gets installed may use this one.
//
//     Emulator core{64 * 1024, {spent, load, store}};
//     core.write(0, firmware);
//     while (core.run() == Emulator::Pause::waits) core.interrupt(kExternalInterrupt);
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct uc_struct;

class Emulator {
public:
    enum class Register { a0, a1, a2 };
    enum class Pause {
        waits,   ///< after a WFI
        failed,  ///< an instruction, a fetch or an access that there is none of: `failure`
    };

    struct Host {
        std::function<void()> spent;  ///< what was allowed was executed
        std::function<std::uint32_t(std::uint32_t address, unsigned bytes)> load;
        std::function<void(std::uint32_t address, unsigned bytes, std::uint32_t value)> store;
    };

    /// What lies elsewhere, for the host, begins here and goes to the end of the address space.
    static constexpr std::uint32_t kHostBase = 0x4000'0000;

    /// \pre the size is a multiple of 4 KiB, up to `kHostBase` \throws std::runtime_error where Unicorn refuses
    Emulator(std::uint32_t memory_bytes, Host host);
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;
    ~Emulator();

    /// Into the core's own memory. \pre it fits
    void write(std::uint32_t address, const std::vector<std::uint8_t>& bytes);
    void set(Register which, std::uint32_t value);

    /// Instructions until the host is told that they are spent, from now on. \pre positive
    void allow(std::int64_t instructions) { told_at_ = instructions_ + instructions; }
    std::int64_t instructions() const { return instructions_; }

    /// Goes on from where it paused, at first from address 0, until it pauses again. Host calls come from inside.
    Pause run();
    /// Ends `run` after the access that calls this, as a failure.
    void fail(const std::string& reason);
    const std::string& failure() const { return failure_; }

    /// Whether an external interrupt ends a WFI, taken or not.
    bool listens() const;
    /// Enters the trap handler if the program allows external interrupts. \pre paused in a WFI
    void interrupt();

private:
    struct Close {
        void operator()(uc_struct* engine) const;
    };
    struct Callbacks;

    std::uint32_t read(int register_id) const;
    void write(int register_id, std::uint32_t value);
    void add_hook(int type, void* callback);

    Host host_;
    std::unique_ptr<uc_struct, Close> engine_;
    std::int64_t instructions_ = 0;
    std::int64_t told_at_ = 0;
    std::uint32_t pc_ = 0;
    std::string failure_;
};
