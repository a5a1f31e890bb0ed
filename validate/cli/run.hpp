// SPDX-License-Identifier: Apache-2.0
// The `plumbline` command as a function, so that tests call it in-process.
//
// Simulating commands (`simulate`, `validate`) run once per process at most: the SystemC kernel lives once.
//
//     std::ostringstream out, err;
//     EXPECT_EQ(run({"evaluate", "--tile", "60by72"}, out, err), 2);
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace plumbline::cli {

/// `arguments` without the program's name. Results go to `out`, everything else to `err`.
/// \return 0 done, 1 out of tolerance, 2 bad input or usage, 3 infeasible
int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err);

}  // namespace plumbline::cli
