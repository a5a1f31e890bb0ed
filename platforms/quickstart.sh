#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a bare Debian 12 to the verdict on FSRCNN, predicted and simulated on Meta_prototype_DF.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash .ci/install-packages build
cmake --preset quickstart
cmake --build --preset quickstart --parallel "$(nproc)"

# 16 %: what the formulas of DeFiNES miss at most of a layer's cycles, and why, is in validate/docs/why_they_differ.md.
build/quickstart/bin/plumbline validate --accelerator meta_prototype_df --workload fsrcnn --tile 60x72 --estimator uniform \
    --tolerance-latency 0.16
