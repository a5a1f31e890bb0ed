# SPDX-License-Identifier: Apache-2.0
"""Asks .ci/install-packages for packages where nobody may install them: it says which, and how.

    python3 install_packages_test.py REPOSITORY
"""

import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def install(purpose, installed):
    """The script's result for a user who is not root, on a machine without sudo. dpkg-query's words: `installed`."""
    with tempfile.TemporaryDirectory() as folder:
        for tool in ["bash", "dirname", "sed"]:
            (Path(folder) / tool).symlink_to(shutil.which(tool))
        script(Path(folder) / "id", "echo 1000")
        script(Path(folder) / "dpkg-query", f"printf {installed}")
        command = ["bash", str(REPOSITORY / ".ci/install-packages"), *purpose]
        return subprocess.run(command, env={"PATH": folder}, capture_output=True, text=True, check=False)


class WithoutRoot(unittest.TestCase):
    def test_the_line_that_installs_is_told(self):
        result = install(["perf", "tidy"], "not-installed")
        self.assertEqual(result.returncode, 1)
        line = "apt-get update && apt-get install --no-install-recommends libbenchmark-dev clang-tidy\n"
        self.assertTrue(result.stderr.endswith(line), result.stderr)
        self.assertNotIn("sudo: ", result.stderr)

    def test_nothing_is_asked_where_nothing_is_missing(self):
        result = install(["build", "test"], "installed")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))


if __name__ == "__main__":
    REPOSITORY = Path(sys.argv[1])
    unittest.main(argv=sys.argv[:1])
