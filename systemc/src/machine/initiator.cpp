// SPDX-License-Identifier: Apache-2.0
#include "machine/initiator.hpp"

#include <algorithm>
#include <string>

#include "tlm/crossbar.hpp"

namespace plumbline::sim {
namespace {

std::size_t bytes_of_one_instance(const Access& access)
{
    std::int64_t most = 0;
    for (InstanceBits share : access.shares) most = std::max(most, share.bits);
    return static_cast<std::size_t>(divide_up(most, 8));
}

}  // namespace

Initiator::Initiator(const sc_core::sc_module_name& name, MachineContext& context)
    : sc_core::sc_module{name},
      socket{"socket"},
      context_{&context},
      requester_{context.arbiter->add_requester()}
{
    payload_.set_extension(&extension_);
}

/// The payload would free its extension, which is ours.
Initiator::~Initiator() { payload_.clear_extension(&extension_); }

double Initiator::move(const std::vector<Access>& accesses, const PortRequest& request, ActivityIndex activity)
{
    const double begin = context_->now();
    const sc_core::sc_time asked = context_->clock.now();
    if (context_->observer.moving) context_->observer.moving(event(accesses, activity, begin));
    context_->arbiter->request(requester_, request);
    sc_core::sc_time ready = sc_core::sc_time_stamp();
    for (const Access& access : accesses) {
        const sc_core::sc_time delay = transport(access, activity);
        ready = std::max(ready, sc_core::sc_time_stamp() + delay);
    }
    context_->arbiter->await(requester_);
    const sc_core::sc_time served = std::max(asked, context_->arbiter->served(requester_));
    if (ready > sc_core::sc_time_stamp()) sc_core::wait(ready - sc_core::sc_time_stamp());
    if (context_->observer.moved) context_->observer.moved(event(accesses, activity, begin));
    return context_->clock.cycles_since(served);
}

void Initiator::move(const Transfer& transfer, ActivityIndex activity)
{
    if (transfer.latency > Cycles{}) context_->arbiter->wait_for_latency(transfer.latency, transfer.uses);
    move(transfer.accesses, {&transfer.uses}, activity);
}

TransferEvent Initiator::event(const std::vector<Access>& accesses, ActivityIndex activity, double begin) const
{
    return {basename(), accesses, context_->activities[activity], context_->tile, {begin, context_->now()}};
}

sc_core::sc_time Initiator::transport(const Access& access, ActivityIndex activity)
{
    const std::size_t length = bytes_of_one_instance(access);
    if (data_.size() < length) data_.resize(length);
    extension_.access = &access;
    extension_.activity = activity;
    extension_.slice = slice_of(access);
    payload_.set_command(is_read(access.direction) ? tlm::TLM_READ_COMMAND : tlm::TLM_WRITE_COMMAND);
    payload_.set_address(Crossbar::base(context_->ports.index(access.memory, access.port)));
    payload_.set_data_ptr(data_.data());
    payload_.set_data_length(static_cast<unsigned>(length));
    payload_.set_streaming_width(static_cast<unsigned>(length));
    payload_.set_byte_enable_ptr(nullptr);
    payload_.set_dmi_allowed(false);
    payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    socket->b_transport(payload_, delay);
    if (!payload_.is_response_ok()) report(access);
    return delay;
}

void Initiator::report(const Access& access) const
{
    const std::string message = context_->memories[access.memory].name + " answered " + payload_.get_response_string() +
                                " to " + std::string{name_of(access.direction)} + " of " +
                                std::string{name_of(access.operand)} + ", " +
                                std::to_string(payload_.get_data_length()) + " bytes";
    SC_REPORT_ERROR(name(), message.c_str());
}

}  // namespace plumbline::sim
