// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

namespace plumbline::test {

inline sc_core::sc_time nanoseconds(double count) { return {count, sc_core::SC_NS}; }

}  // namespace plumbline::test
