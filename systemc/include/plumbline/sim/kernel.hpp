// SPDX-License-Identifier: Apache-2.0
// The SystemC kernel and TLM-2.0. No other file includes them.
//
// Nothing holds an sc_time beyond a simulation, so that the resolution (by default a picosecond) stays a choice of whoever
// starts it.
//
// SystemC's headers do not say that what they declare is shared between libraries; here they are made to.
#pragma once

#pragma GCC visibility push(default)
#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <systemc>
#include <tlm>
#pragma GCC visibility pop
