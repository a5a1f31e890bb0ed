# SPDX-License-Identifier: Apache-2.0
"""Runs a check on a repository that is made on the fly."""

import contextlib
import io
import tempfile
from pathlib import Path


def check(main, tree):
    """Exit code and output of a check's main() on a tree: path -> text."""
    with tempfile.TemporaryDirectory() as root, contextlib.redirect_stdout(io.StringIO()) as output:
        for file, text in tree.items():
            path = Path(root) / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return main([root]), output.getvalue()
