# SPDX-License-Identifier: Apache-2.0
"""Leaves out comments in a header made on the fly, and expects the API reference to name what has none.

    python3 api_reference_test.py DOXYGEN REPOSITORY
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DOXYGEN, REPOSITORY = sys.argv.pop(1), Path(sys.argv.pop(1)).resolve()

CPP = """// SPDX-License-Identifier: Apache-2.0
// What a layer is.
//
// An example:
//
//     Layer layer{3};
#pragma once

#pragma GCC visibility push(default)
namespace plumbline {

/// A layer.
struct Layer {
    /// Its channels.
    int channels = 0;

    friend bool operator==(const Layer& a, const Layer& b) { return a.channels == b.channels; }

private:
    int padding = 0;
};

/// Kinds of layers.
enum class Kind { conv, add };

/// Reads a layer.
Layer read_layer(Kind kind);

}  // namespace plumbline
#pragma GCC visibility pop
"""

C = """/* SPDX-License-Identifier: Apache-2.0
 *
 * Layers, in C.
 */
#ifndef PLUMBLINE_LAYER_H
#define PLUMBLINE_LAYER_H

/** Channels at most. */
#define PLUMBLINE_CHANNELS 3

/** Channels of a layer. */
int plumbline_channels(int layer);

#endif
"""


def reference_of(**headers):
    """Exit code and messages of Doxygen on headers, with the settings of the repository."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in headers.items():
            (Path(root) / name.replace("_", ".")).write_text(text, encoding="utf-8")
        settings = Path(root) / "Doxyfile"
        settings.write_text(f"@INCLUDE = {REPOSITORY}/model/docs/Doxyfile\nOUTPUT_DIRECTORY = {root}/reference\n"
                            f"INPUT = {root} model/docs/api_reference.dox\nSEARCHENGINE = NO\n", encoding="utf-8")
        run = subprocess.run([DOXYGEN, settings], cwd=REPOSITORY, capture_output=True, text=True, check=False)
        page = Path(root) / "reference/html/layer_8hpp.html"
        return run.returncode, run.stderr, page.read_text(encoding="utf-8") if page.exists() else ""


class ApiReference(unittest.TestCase):
    def expect_named(self, what, **headers):
        code, messages, _ = reference_of(**headers)
        self.assertNotEqual(code, 0)
        self.assertIn(what, messages)
        self.assertIn("is not documented", messages)

    def test_of_documented_names_is_written(self):
        code, messages, page = reference_of(layer_hpp=CPP, layer_h=C)
        self.assertEqual((code, messages), (0, ""))
        self.assertIn("What a layer is.", page)

    def test_names_what_has_no_comment(self):
        for comment, name in [("/// A layer.\n", "Layer"), ("    /// Its channels.\n", "channels"),
                              ("/// Kinds of layers.\n", "Kind"), ("/// Reads a layer.\n", "read_layer")]:
            self.expect_named(name, layer_hpp=CPP.replace(comment, ""))

    def test_names_what_has_no_comment_in_c(self):
        for comment, name in [("/** Channels at most. */\n", "PLUMBLINE_CHANNELS"),
                              ("/** Channels of a layer. */\n", "plumbline_channels")]:
            self.expect_named(name, layer_h=C.replace(comment, ""))


if __name__ == "__main__":
    unittest.main()
