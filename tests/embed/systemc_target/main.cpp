// SPDX-License-Identifier: Apache-2.0
// Compiled as C++17 against a library of C++20: it has to claim what the library is.
#include <systemc>

static_assert(SC_CPLUSPLUS == 202002L, "the definition is that of the library");

int main() { return systemc_of_this_project() == 1 ? 0 : 1; }
