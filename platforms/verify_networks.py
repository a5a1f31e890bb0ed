# SPDX-License-Identifier: Apache-2.0
"""The networks of platforms/workloads computed on accelerators of three families and compared with a reference, bit for bit:
layer by layer, and depth-first in each overlap mode, with seeded features and weights.

    python3 verify_networks.py PLUMBLINE [--accelerators LIST] [--networks LIST]

Prints a row per network and accelerator as it is done. Exits with 1 where an output differs or a schedule is refused.
"""

import argparse
import subprocess
import sys

from networks import ACCELERATORS, names

MODES = ["fully-recompute", "h-cached", "fully-cached"]
LAYER_BY_LAYER = ["--tile", "full", "--cuts", "each"]
# A few tiles in every map that is large enough. The keyword spotter ends in one pixel: its stack ends before the pooling.
DEPTH_FIRST = {
    "tc_resnet8": ["--tile", "4x1", "--cuts", "12"],
    "mobilenetv1": ["--tile", "7x7"],
    "mobilenetv2": ["--tile", "4x4"],
    "efficientnet_b0": ["--tile", "4x4"],
    "resnet18": ["--tile", "14x14"],
    "yolov2_tiny": ["--tile", "7x7"],
    "resnet50": ["--tile", "14x14"],
    "fsrcnn_x3": ["--tile", "240x135"],
    "vgg16": ["--tile", "28x28"],
    "unet": ["--tile", "97x97"],
}


def verified(plumbline, network, accelerator, flags):
    """Whether the output of a schedule equals the reference, and if not what `plumbline` says instead."""
    subject = ["--workload", network, "--accelerator", accelerator, "--factors", "4", "--functional"]
    done = subprocess.run([plumbline, "simulate", *subject, *flags], capture_output=True, text=True, check=False)
    if done.returncode == 0 and "equals the reference bit for bit" in done.stdout:
        return "equal", True
    last = (done.stderr or done.stdout).strip().splitlines()[-1:]
    return f"exit code {done.returncode}: {''.join(last)}", False


def schedules(network):
    return [LAYER_BY_LAYER, *([*DEPTH_FIRST[network], "--mode", mode] for mode in MODES)]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plumbline")
    parser.add_argument("--accelerators", default=ACCELERATORS, type=names, help="default: %(default)s")
    parser.add_argument("--networks", default=list(DEPTH_FIRST), type=names, help="default: all")
    options = parser.parse_args(arguments)
    unknown = [network for network in options.networks if network not in DEPTH_FIRST]
    if unknown:
        parser.error(f"no tile is known for {unknown[0]}, expected one of: {', '.join(DEPTH_FIRST)}")
    line = "{:<15}  {:<17}" + "  {:<15}" * (1 + len(MODES))
    print(line.format("network", "accelerator", "layer by layer", *MODES).rstrip())
    all_equal = True
    for network in options.networks:
        for accelerator in options.accelerators:
            cells = [verified(options.plumbline, network, accelerator, flags) for flags in schedules(network)]
            all_equal = all_equal and all(equal for _, equal in cells)
            print(line.format(network, accelerator, *(text for text, _ in cells)).rstrip(), flush=True)
    return 0 if all_equal else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
