#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Do ZigZag's own input files load and run, alone and together?

    python3 tests/zigzag/check_inputs.py PLUMBLINE FOLDER [--sample]

FOLDER has ZigZag's folders hardware, mapping and workload (zigzag/inputs of its sources, version 3.8.5). Each hardware file is
run with the mapping files of its family, and each such pair with the networks it is for: planned layer by layer and fused,
predicted by both estimators, simulated and compared. In-memory computing is left out. A sample is one pair a network.
"""
import argparse
import pathlib
import subprocess
import sys

# ResNet18 as ZigZag has it ends with maps of one pixel; a tile is cut to the map of a stack that is smaller.
NETWORKS = {"resnet18": [["--cuts", "each", "--tile", "28x28"], ["--cuts", "none", "--tile", "1x1"]],
            "gemm_layer": [["--cuts", "each", "--tile", "128x1"]]}
SEARCH = ["--factors", "3"]


def mappings_of(hardware, mappings):
    """Those called like the hardware, with `_like` and `_mixed` or not; the default for hardware without any."""
    family = hardware.removesuffix("_like")
    own = [name for name in mappings if name.removesuffix("_mixed").removesuffix("_like") == family]
    return own or ["default"]


def combinations(folder):
    names = {kind: sorted(path.stem for path in (folder / kind).glob("*.yaml")) for kind in ("hardware", "mapping")}
    for hardware in names["hardware"]:
        if hardware in ("aimc", "dimc"):
            continue
        for mapping in mappings_of(hardware, names["mapping"]):
            yield hardware, mapping, "gemm_layer" if hardware.startswith("gemm") else "resnet18"


def commands(plan):
    yield ["evaluate", "--estimator", "uniform", *plan]
    yield ["evaluate", "--estimator", "refined", *plan]
    yield ["simulate", *plan]
    yield ["validate", "--estimator", "refined", *plan]


def run(plumbline, folder, combination):
    """The commands that failed, and what they said."""
    hardware, mapping, network = combination
    files = ["--accelerator", f"{folder}/hardware/{hardware}.yaml", "--mapping", f"{folder}/mapping/{mapping}.yaml",
             "--workload", f"{folder}/workload/{network}.yaml"]
    for plan in NETWORKS[network]:
        for command in commands(plan + SEARCH):
            result = subprocess.run([plumbline, command[0], *files, *command[1:]], capture_output=True, text=True)
            if result.returncode != 0:
                yield f"{' '.join(combination)}: {' '.join(command)}: exit {result.returncode}: {result.stderr.strip()[-300:]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plumbline")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sample", action="store_true")
    arguments = parser.parse_args()
    chosen = list(combinations(arguments.folder))
    if arguments.sample:
        chosen = list({network: (hardware, mapping, network) for hardware, mapping, network in chosen}.values())
    failures = [failure for each in chosen for failure in run(arguments.plumbline, arguments.folder, each)]
    print("\n".join(failures + [f"{len(chosen)} combinations, {len(failures)} failures"]))
    return 1 if failures or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
