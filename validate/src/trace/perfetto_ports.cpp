// SPDX-License-Identifier: Apache-2.0
#include "trace/perfetto_ports.hpp"

#include <algorithm>

#include "report/json_parts.hpp"
#include "trace/perfetto_schedule.hpp"

namespace plumbline::validate {
namespace {

constexpr std::string_view kArray = "mac_array";
constexpr std::size_t kChannelsOfAPort = kAllMemoryOperands.size() * kAllDirections.size();

}  // namespace

PortTracks::PortTracks(TextBuffer& out, TrackNames& names, const Accelerator& accelerator, const Workload& workload)
    : out_{&out},
      names_{&names},
      workload_{&workload},
      ports_{accelerator},
      array_{names, names.add_process("MAC array"), "iterations", 0}
{
    threads_.reserve(ports_.count());
    channels_.reserve(ports_.count() * kChannelsOfAPort);
    for (MemoryId memory = 0; memory < accelerator.memories().size(); ++memory) add_memory(names, accelerator, memory);
}

void PortTracks::add_memory(TrackNames& names, const Accelerator& accelerator, MemoryId memory)
{
    const Memory& description = accelerator.memory(memory);
    processes_.push_back(names.add_process(description.name));
    for (PortId port = 0; port < description.ports.size(); ++port) {
        threads_.emplace_back(names, processes_.back(), description.ports[port].name, port);
        add_channels(description);
    }
}

void PortTracks::add_channels(const Memory& memory)
{
    for (MemoryOperand operand : kAllMemoryOperands) {
        for (Direction direction : kAllDirections) {
            Channel channel;
            channel.text = R"(","name":")" + letter(operand) + R"(","args":{"operand":")" + letter(operand) +
                           R"(","direction":")" + std::string{name_of(direction)} + R"(",)";
            channel.threads = &threads_.back();
            channel.memory = &memory;
            channels_.push_back(std::move(channel));
        }
    }
}

PortTracks::Channel& PortTracks::channel(const sim::Access& access)
{
    const std::size_t port = ports_.index(access.memory, access.port);
    const auto operand = static_cast<std::size_t>(access.operand);
    const auto direction = static_cast<std::size_t>(access.direction);
    return channels_[port * kChannelsOfAPort + operand * kAllDirections.size() + direction];
}

void PortTracks::enter(const sim::Activity& activity, sim::TileIndex tile)
{
    if (!step_.empty() && activity == activity_ && tile == tile_) return;
    end_step();
    activity_ = activity;
    tile_ = tile;
    step_ = step_arguments(*workload_, activity, tile);
}

void PortTracks::moved(const sim::TransferEvent& event)
{
    enter(event.activity, event.tile);
    if (event.mover == kArray) {
        compute(event);
    } else {
        transfer(event);
    }
}

void PortTracks::transfer(const sim::TransferEvent& event)
{
    const Interval time = names_->interval(event.span);
    for (const sim::Access& access : event.accesses) {
        const Channel& passed = channel(access);
        const std::size_t thread = passed.threads->take(time.begin);
        passed.threads->release(thread, time.end);
        write(passed, time, thread, event.mover, bits(access), port_time(access, *passed.memory).granules);
    }
}

void PortTracks::compute(const sim::TransferEvent& event)
{
    const Interval time = names_->interval(event.span);
    end_steady_before(time.begin);
    grow(iterations_, array_, time);
    for (const sim::Access& access : event.accesses) {
        Channel& passed = channel(access);
        if (!passed.steady.open) steady_.push_back(&passed);
        grow(passed.steady, *passed.threads, time);
        passed.steady.bits += bits(access);
        passed.steady.granules += port_time(access, *passed.memory).granules;
    }
}

void PortTracks::grow(Growing& slice, PortThreads& threads, Interval time)
{
    if (!slice.open) slice = {true, time, threads.take(time.begin), 0, 0};
    slice.time.end = time.end;
}

/// Whatever does not reach up to `begin` has a gap after it.
void PortTracks::end_steady_before(std::int64_t begin)
{
    if (iterations_.open && iterations_.time.end != begin) end_iterations();
    const auto ended = [&](Channel* each) {
        if (each->steady.time.end == begin) return false;
        end(*each);
        return true;
    };
    steady_.erase(std::remove_if(steady_.begin(), steady_.end(), ended), steady_.end());
}

void PortTracks::end_step()
{
    if (iterations_.open) end_iterations();
    for (Channel* each : steady_) end(*each);
    steady_.clear();
    step_.clear();
}

void PortTracks::end(Channel& channel)
{
    Growing& slice = channel.steady;
    channel.threads->release(slice.thread, slice.time.end);
    write(channel, slice.time, slice.thread, kArray, slice.bits, slice.granules);
    slice.open = false;
}

void PortTracks::end_iterations()
{
    array_.release(iterations_.thread, iterations_.time.end);
    begin_slice(*out_, iterations_.time, array_.text(iterations_.thread));
    *out_ << R"(,"name":"iterations","cat":"mac_array","args":{)" << step_ << "}}";
    iterations_.open = false;
}

void PortTracks::write(const Channel& channel, Interval time, std::size_t thread, std::string_view mover,
                       std::int64_t bits, std::int64_t granules)
{
    begin_slice(*out_, time, channel.threads->text(thread));
    *out_ << R"(,"cat":")" << mover << channel.text << step_ << R"(,"bits":)" << bits << R"(,"granules":)" << granules
          << "}}";
}

}  // namespace plumbline::validate
