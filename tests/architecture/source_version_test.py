#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What PlumblineSourceVersion.cmake writes: another version where a source differs, the same where none does."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(sys.argv.pop(1)) / ".cmake" / "PlumblineSourceVersion.cmake"


class SourceVersion(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name in ("model/cost.cpp", "model/deep/cost.hpp", "machine/port.cpp"):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"// {name}\n")

    def tearDown(self):
        self.folder.cleanup()

    def written(self, *folders):
        output = self.root / "version.cpp"
        subprocess.run(["cmake", "-DFUNCTION=a::b::version", "-DHEADER=a/version.hpp",
                        "-DFOLDERS=" + ";".join(str(self.root / folder) for folder in folders),
                        f"-DOUTPUT={output}", "-P", str(SCRIPT)], check=True)
        return output.read_text()

    def test_defines_the_function(self):
        text = self.written("model")
        self.assertIn('#include "a/version.hpp"\n', text)
        self.assertIn("namespace a::b {\n", text)
        self.assertRegex(text, r'std::string_view version\(\) \{ return "[0-9a-f]{16}"; \}')

    def test_changes_with_each_source_of_each_folder(self):
        before = self.written("model", "machine")
        self.assertEqual(self.written("model", "machine"), before)
        for name in ("model/cost.cpp", "model/deep/cost.hpp", "machine/port.cpp"):
            path = self.root / name
            text = path.read_text()
            path.write_text(text + "int changed;\n")
            self.assertNotEqual(self.written("model", "machine"), before, name)
            path.write_text(text)
        (self.root / "machine" / "more.cpp").write_text("// more\n")
        self.assertNotEqual(self.written("model", "machine"), before)

    def test_does_not_change_with_anything_else(self):
        before = self.written("model")
        (self.root / "model" / "README.md").write_text("words\n")
        (self.root / "machine" / "port.cpp").write_text("// other\n")
        self.assertEqual(self.written("model"), before)


if __name__ == "__main__":
    unittest.main()
