#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs FSRCNN with several tile sizes on the platform and fits a profile to how long that took: what the RAM makes of the
# accelerator. The tile of the platform itself (60x72) is not among them.
#
#     bash platforms/riscv/calibrate.sh <build directory> <folder to work in> <profile to write>
set -euo pipefail
export SC_COPYRIGHT_MESSAGE=DISABLE

platforms=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$1 folder=$2 profile=$3
tiles="16x18 30x72 60x18 60x36 120x27 120x72"

mkdir -p "$folder"
cat >"$folder/known.yaml" <<EOF
# What is known: the accelerator has the RAM for 256 bytes at a time.
schema: plumbline-calibration-1
accelerator: meta_prototype_df
memories:
  dram: {burst: 2048}
EOF
echo "schedule,observations,workload" >"$folder/runs.csv"
for tile in $tiles; do
    "$build/platforms/riscv/riscv_network" "$platforms/accelerators/meta_prototype_df.yaml" \
        "$platforms/workloads/defines/fsrcnn.yaml" "$platforms/mappings/meta_prototype.yaml" "$folder/known.yaml" \
        "$tile" 0 "$folder/$tile"
    "$build/bin/riscv" "$build/platforms/riscv/riscv_firmware.bin" "$folder/$tile/fsrcnn" \
        --observation "$folder/$tile.csv" >"$folder/$tile.log"
    cp "$folder/$tile/fsrcnn/schedule.json" "$folder/$tile.json"
    echo "$tile.json,$tile.csv,fsrcnn" >>"$folder/runs.csv"
done
"$build/bin/plumbline" calibrate --accelerator meta_prototype_df --workload fsrcnn --estimator refined \
    --runs "$folder/runs.csv" --profile "$folder/known.yaml" --profile-out "$profile" --hold-out-nothing \
    --parameters top.efficiency,memories.dram.access_latency
