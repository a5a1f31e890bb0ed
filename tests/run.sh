#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone on Debian 12 to the result of every test: installs what is missing, builds, runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash .ci/install-packages build test
cmake --preset checked -DPLUMBLINE_BUILD_TESTS=ON
cmake --build --preset checked --parallel 2
ctest --preset checked --parallel 2
