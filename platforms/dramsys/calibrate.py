# SPDX-License-Identifier: Apache-2.0
"""Fits a profile to what `dramsys_host observe` wrote of each setting, and prints how far predictions are off, of schedules that were
not fitted to: as described, and as calibrated.

    python3 calibrate.py PLUMBLINE FOLDER_OF_THE_SETTINGS
"""

import json
import subprocess
import sys
from pathlib import Path

PARAMETERS = ["top.efficiency", "memories.dram.access_latency"]
ROWS = ["total", "copying"]


def calibrated(plumbline, folder):
    """The report about one setting. Each third of the schedules is judged by a fit to the others."""
    command = [plumbline, "calibrate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--runs", folder / "runs.csv",
               "--folds", "3", "--threads", "1", "--parameters", ",".join(PARAMETERS), "--profile-out", folder / "profile.yaml",
               "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def profile_value(folder, name):
    lines = (folder / "profile.yaml").read_text(encoding="utf-8").splitlines()
    found = [line.split("#")[0].split(":")[1] for line in lines if line.strip().startswith(name + ":")]
    return float(found[0]) if found else {"efficiency": 1.0}.get(name, 0.0)


def row(plumbline, folder):
    report = calibrated(plumbline, folder)["held_out"]
    cells = [f"{folder.name:<11}", f"{profile_value(folder, 'efficiency'):10.3f}", f"{profile_value(folder, 'access_latency'):9.0f}"]
    for name in ROWS:
        before, after = report["before"][name], report["after"][name]
        cells += [f"{before['mape']:9.2%}", f"{after['mape']:9.2%}", f"{after['worst']:+10.2%}"]
    return "".join(cells)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folders = [path.parent for path in Path(arguments[1]).glob("*/runs.csv")]
    print("                                   total, mean               copying, mean")
    print("setting    efficiency  latency   before    after     worst   before    after     worst")
    print("-" * 86)
    for folder in sorted(folders, key=lambda path: (path.name.split("_o")[0], int(path.name.split("_o")[1]))):
        print(row(arguments[0], folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
