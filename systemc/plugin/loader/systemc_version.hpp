// SPDX-License-Identifier: Apache-2.0
// SC_VERSION and SC_CPLUSPLUS of the SystemC that the plugin is built for, and nothing that would have to be linked with it.
#pragma once

#define SC_DISABLE_API_VERSION_CHECK  // it is an object that only this very SystemC can construct
#include <sysc/kernel/sc_ver.h>
