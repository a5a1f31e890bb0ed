#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fits a profile to what `latency_memory observe` wrote of each setting.
#
#     bash platforms/latency_memory/calibrate.sh <plumbline> <folder of the settings>
set -euo pipefail
plumbline=$1 folder=$2
for setting in "$folder"/*/; do
    "$plumbline" calibrate --accelerator meta_prototype_df --workload fsrcnn --runs "$setting/runs.csv" --threads 1 \
        --profile-out "$setting/profile.yaml" --hold-out-nothing \
        --parameters top.efficiency,memories.dram.access_latency >"$setting/calibrate.log"
done
