# SPDX-License-Identifier: Apache-2.0
"""The networks of platforms/workloads on accelerators of three families: multiply-accumulates as computed and as published,
energy and latency as predicted, and how far the simulated ones are off.

    python3 networks.py PLUMBLINE [--accelerators LIST] [--networks LIST] [flags of `plumbline validate`…]

Without flags each network runs layer by layer (--tile full --cuts each). Convolutions and fully connected layers count:
additions and pooling multiply nothing. published_macs.csv has what is published. Exits with 1 where a count differs or a
schedule is out of tolerance, with the code of `plumbline` where that refuses one.
"""

import argparse
import csv
import json
import re
import subprocess
import sys
from pathlib import Path

from plain_table import print_table

FOLDER = Path(__file__).parent
ACCELERATORS = "meta_prototype_df,tpu_like_df,ascend_like_df"
LAYER_BY_LAYER = ["--tile", "full", "--cuts", "each", "--factors", "4", "--fold-classes"]
MULTIPLYING = {"Conv", "DepthwiseConv"}
LAYER = re.compile(r"^  name: (\S+)\n  operator_type: (\S+)$", re.MULTILINE)
HEADINGS = ["network", "MACs", "published", "accelerator", "energy [pJ]", "off by", "latency [cycles]", "off by"]


def published_networks(names):
    """The rows of published_macs.csv, all or those named."""
    with open(FOLDER / "published_macs.csv", encoding="utf-8", newline="") as file:
        rows = {row["network"]: row for row in csv.DictReader(file)}
    unknown = [name for name in names if name not in rows]
    if unknown:
        sys.exit(f"networks.py: no count of {unknown[0]} is published, expected one of: {', '.join(rows)}")
    return [rows[name] for name in names or rows]


def answer(command):
    """What `plumbline` says, which may be that something is out of tolerance, and its exit code."""
    done = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.stderr.write(done.stderr)
        sys.exit(done.returncode)
    return json.loads(done.stdout), done.returncode


def macs_of(plumbline, network, accelerator):
    """Of the layers that multiply, as planned; what mappings cost does not matter here, so the least search will do."""
    text = (FOLDER / "workloads" / f"{network}.yaml").read_text(encoding="utf-8")
    multiplying = {name for name, operator in LAYER.findall(text) if operator in MULTIPLYING}
    flags = ["--tile", "full", "--cuts", "each", "--factors", "2"]
    prediction, _ = answer([plumbline, "evaluate", "--workload", network, "--accelerator", accelerator, *flags])
    return sum(layer["macs"] for layer in prediction["layers"] if layer["name"] in multiplying)


def names(text):
    return text.split(",")


def off_by(value):
    """How far the prediction is from the simulation."""
    return f"{value['predicted'] / value['simulated'] - 1:+.2%}"


def row(published, macs, accelerator, report):
    energy, latency = report["energy_pj"], report["latency_cycles"]
    return [published["network"], f"{macs:,}", f"{int(published['macs']):,}", accelerator, f"{energy['predicted']:,.0f}", off_by(energy),
            f"{latency['predicted']:,}", off_by(latency)]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plumbline")
    parser.add_argument("--accelerators", default=ACCELERATORS, type=names, help="default: %(default)s")
    parser.add_argument("--networks", default=[], type=names, help="default: all")
    options, flags = parser.parse_known_args(arguments)
    rows, wrong = [HEADINGS], False
    for published in published_networks(options.networks):
        network = published["network"]
        macs = macs_of(options.plumbline, network, options.accelerators[0])
        wrong = wrong or macs != int(published["macs"])
        for accelerator in options.accelerators:
            subject = ["--workload", network, "--accelerator", accelerator]
            report, code = answer([options.plumbline, "validate", *subject, *(flags or LAYER_BY_LAYER)])
            wrong = wrong or code != 0
            rows.append(row(published, macs, accelerator, report))
    print_table(rows, names=(0, 3))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
