# SPDX-License-Identifier: Apache-2.0
"""JUnit XML of a batch, as those read it who know nothing of Plumbline: by an XML parser, against the JSON of the same run.

The structure is that of the JUnit schema of Jenkins: which element may hold which, which attributes it has, and that the
counts of a suite are those of its cases.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

NETWORK = """
- id: 0
  name: conv
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c]*I[b][c][oy][ox]
  loop_dims: [B, K, C, OY, OX]
  loop_sizes: [1, 2, 4, 8, 8]
  operand_precision: {O: 16, O_final: 8, W: 8, I: 8}
  operand_source: {W: 0, I: 0}
"""
COUNTS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def run(command, folder):
    network = folder / "<one> & 'two' \"three\".yaml"
    network.write_text(NETWORK)
    tolerances = folder / "tolerances.yaml"
    tolerances.write_text("accesses: 0\nlatency: 0\n")
    junit = folder / "junit.xml"
    arguments = [command, "validate", "--accelerator", "meta_prototype_df,tpu_like_df", "--workload", str(network)]
    arguments += ["--tiles", "2x4,8x8,9x9", "--modes", "all", "--factors", "4", "--tolerances", str(tolerances)]
    result = subprocess.run(arguments + ["--format", "json", "--junit", str(junit)], stdout=subprocess.PIPE, check=False)
    assert result.returncode == 1, result.returncode
    assert [path.name for path in folder.iterdir() if "junit" in path.name] == ["junit.xml"]
    return json.loads(result.stdout), ElementTree.parse(junit).getroot(), str(network)


def check_counts(element):
    cases = list(element.iter("testcase"))
    assert int(element.get("tests")) == len(cases)
    for attribute, child in COUNTS.items():
        assert int(element.get(attribute)) == sum(case.find(child) is not None for case in cases), attribute


def check_structure(root):
    assert root.tag == "testsuites"
    check_counts(root)
    for suite in root:
        assert suite.tag == "testsuite" and suite.get("name")
        check_counts(suite)
        for case in suite:
            assert case.tag == "testcase" and case.get("name") and case.get("classname")
            assert len(case) <= 1
            for verdict in case:
                assert verdict.tag in COUNTS.values() and verdict.get("message")


def check_verdicts(root, network, schedules):
    suites = {}
    for schedule in schedules:
        suites.setdefault(schedule["accelerator"] + " " + schedule["workload"], []).append(schedule)
    assert [suite.get("name") for suite in root] == list(suites)
    for suite in root:
        assert len(suite) == len(suites[suite.get("name")])
        for case, schedule in zip(suite, suites[suite.get("name")]):
            assert schedule["workload"] == network
            assert case.get("name") == schedule["schedule"]
            if "infeasible" in schedule:
                assert schedule["infeasible"] in case.find("skipped").get("message")
                continue
            outside = [r for r in schedule["rows"] if r["deviation"] != 0 and r["tolerance"] is not None]
            assert schedule["within_tolerance"] == (not outside)
            failure = case.find("failure")
            lines = [] if failure is None else failure.text.splitlines()
            assert len(lines) == len(outside)
            for line, row in zip(lines, outside):
                assert line.startswith(row["estimator"] + " " + row["quantity"]), line


def main():
    with tempfile.TemporaryDirectory() as folder:
        report, root, network = run(sys.argv[1], pathlib.Path(folder))
    check_structure(root)
    check_verdicts(root, network, report["schedules"])
    verdicts = {child.tag for case in root.iter("testcase") for child in case}
    assert verdicts == {"failure", "skipped"}, verdicts


main()
