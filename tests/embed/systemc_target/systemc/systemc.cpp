// SPDX-License-Identifier: Apache-2.0
#include <systemc>

int systemc_of_this_project() { return 1; }
