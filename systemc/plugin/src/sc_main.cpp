// SPDX-License-Identifier: Apache-2.0
// SystemC's library wants an sc_main. A host that is a SystemC program has one; a host that is none (Python, C) loads the
// plugin with this one, which nobody calls.
#include "plumbline/sim/kernel.hpp"

[[gnu::weak, gnu::visibility("default")]] int sc_main(int, char*[]) { return 1; }
