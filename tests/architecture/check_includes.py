# SPDX-License-Identifier: Apache-2.0
"""Checks who includes whom.

    python3 check_includes.py REPOSITORY

Every source and header belongs to an area (model, io, systemc, …), every include to a group (std, description, Boost.Graph,
…). KNOWS says which groups each area may include. Inside an area, ORDER says which folders a folder may include: itself and those
before it. Headers that hosts include bring few others. Prints one line for each include that breaks this, and exits 1.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

# Headers of model/ that describe without predicting; the machine knows no others, or validation would be circular.
DESCRIPTION = {"units", "error", "loops", "accelerator", "workload", "mapping", "operation", "schedule",
               "printable", "text_stream"}

# The only file of the machine that may know all of model/: it lends the model's prediction to a platform.
ADAPTER = "systemc/src/peripheral/model_adapter.cpp"

# The only header that includes SystemC. What other headers and sources need of it, they get from here.
SYSTEMC_HEADER = "systemc/include/plumbline/sim/kernel.hpp"

SUFFIXES = {".hpp", ".cpp", ".h", ".c"}

STANDARD = set(
    """algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits
    clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint
    cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list fstream
    functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory
    memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore
    set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view strstream
    syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray
    variant vector version""".split()
)

# Firmware has no more than a freestanding implementation of C99.
C_STANDARD = {"float.h", "iso646.h", "limits.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h"}

THIRD_PARTY = [
    ("SystemC", re.compile(r"(systemc|tlm)(\.h)?$|(sysc|tlm_core|tlm_utils)/")),
    ("CCI", re.compile(r"cci_configuration$")),
    ("Boost.Graph", re.compile(r"boost/(graph|property_map)/")),
    ("YAML", re.compile(r"yaml-cpp/")),
    ("ONNX", re.compile(r"onnx/|google/protobuf/")),
    ("JSON", re.compile(r"nlohmann/")),
    ("compression", re.compile(r"zlib\.h$|boost/iostreams/")),
    ("spdlog", re.compile(r"(spdlog|fmt)/")),
    ("CLI11", re.compile(r"CLI/")),
    ("Ceres", re.compile(r"ceres/")),
    ("Eigen", re.compile(r"Eigen/")),
    ("loader", re.compile(r"(dlfcn|link)\.h$")),
    ("C++ ABI", re.compile(r"cxxabi\.h$")),
    ("POSIX files", re.compile(r"(fcntl|unistd|sys/file)\.h$")),
]

MODEL = {"std", "description", "model"}
EVERYTHING = None  # no limits

# Area -> what it may include. "own" is a file of the same area by a path of its own.
KNOWS = {
    "description": {"std", "description"},
    "model header": MODEL,
    "model source": MODEL | {"own", "Boost.Graph"},
    "io header": MODEL | {"io"},
    "io source": MODEL | {"io", "own", "YAML", "JSON", "ONNX", "compression", "loader"},
    "C interface": MODEL | {"io", "own", "freestanding C"},
    "SystemC header": {"std", "SystemC"},
    "firmware header": {"freestanding C", "firmware"},
    "systemc header": {"std", "description", "sim", "firmware"},
    "systemc source": {"std", "description", "sim", "firmware", "own"},
    "adapter": MODEL | {"sim", "own"},
    "CCI header": {"std", "description", "sim", "CCI"},
    "plugin header": {"firmware", "freestanding C"},
    "plugin loader": {"std", "own", "plugin header", "loader", "C++ ABI", "SystemC"},
    "plugin": MODEL | {"io", "sim", "own", "plugin header"},
    "validate header": MODEL | {"io", "sim", "validate"},
    "validate source": MODEL | {"io", "sim", "validate", "own", "spdlog", "JSON", "Ceres", "Eigen"},
    "command": EVERYTHING,
    "platforms": MODEL
    | {"io", "sim", "firmware", "own", "SystemC", "spdlog", "POSIX files", "loader", "freestanding C", "other"},
    "tests": EVERYTHING,
}

# First match wins; folder -> area.
AREAS = [
    ("model/include/plumbline/io/", "io header"),
    ("model/include/plumbline/", "model header"),
    ("model/src/io/", "io source"),
    ("model/c/include/", "C interface"),
    ("model/c/src/", "C interface"),
    ("model/src/", "model source"),
    ("systemc/include/plumbline/firmware/", "firmware header"),
    ("systemc/include/plumbline/sim/", "systemc header"),
    ("systemc/src/", "systemc source"),
    ("systemc/cci/include/", "CCI header"),
    ("systemc/plugin/include/", "plugin header"),
    ("systemc/plugin/loader/", "plugin loader"),
    ("systemc/plugin/src/", "plugin"),
    ("validate/include/plumbline/validate/", "validate header"),
    ("validate/src/", "validate source"),
    ("validate/cli/", "command"),
    ("platforms/", "platforms"),
    ("tests/", "tests"),
]

# Area -> those whose files it finds by a path of its own, too.
BESIDE = {"adapter": {"systemc source"}, "plugin": {"plugin header"}, "plugin loader": {"plugin header"}}

# Root of sources -> its folders, the lowest first. A tuple holds orders side by side, which do not know each other. "" is the
# root itself.
ORDER = {
    "model/src": [
        "description/basics",
        "description",
        "drawing",
        "calibration",
        "cost/layer",
        "cost/copies",
        (["cost/uniform"], ["cost/refined/blocks", "cost/refined"]),
        "cost/differences",
        "cost",
        "mapper/orders",
        "mapper/exact",
        "mapper",
        "planning/geometry",
        "planning/memory",
        "planning",
        "exploration/bounds",
        "exploration",
        "checks",
    ],
    "model/src/io": ["", "yaml", "json", "trace", "onnx/graph", "onnx", "onnx/operators"],
    "systemc/src": [
        "core",
        "loop_nest",
        "storage/geometry",
        "storage",
        "functional",
        "tlm",
        "statistics",
        "probe",
        "chunk_timing",
        "arbitration",
        "compiler",
        "off_chip",
        "machine",
        "peripheral",
    ],
    "validate/src": [
        "text",
        "measurement",
        "comparison",
        "calibration",
        "reference",
        "report",
        "report/explore",
        "report/optimize",
        "batch",
        "generated",
        "trace",
        "html/charts",
        "html",
    ],
    "validate/cli": ["mpi", "execution", "tasks", "options", "documentation", "stores", "inputs", "sweep", "runs", "commands", ""],
}

# Public headers lie together; each belongs to the folder of its source, or to this one where no source has its name.
HEADER_FOLDERS = {
    "model/include/plumbline/text_stream.hpp": "description",
    "model/include/plumbline/units.hpp": "description",
    "model/include/plumbline/capacity_range.hpp": "cost/layer",
    "model/include/plumbline/formulas.hpp": "mapper",
    "model/include/plumbline/mapping_problem.hpp": "mapper/orders",
    "model/include/plumbline/mapping_store.hpp": "mapper",
    "model/include/plumbline/search_options.hpp": "mapper/orders",
    "model/include/plumbline/io/onnx.hpp": "onnx/graph",
    "model/include/plumbline/io/yaml.hpp": "yaml",
    "model/include/plumbline/io/schedule_json.hpp": "json",
    "systemc/include/plumbline/sim/activity.hpp": "core",
    "systemc/include/plumbline/sim/address_window.hpp": "off_chip",
    "systemc/include/plumbline/sim/capacity_check.hpp": "storage",
    "systemc/include/plumbline/sim/clock_options.hpp": "core",
    "systemc/include/plumbline/sim/feature_values.hpp": "core",
    "systemc/include/plumbline/sim/kernel.hpp": "tlm",
    "systemc/include/plumbline/sim/machine_options.hpp": "machine",
    "systemc/include/plumbline/sim/off_chip_area.hpp": "compiler",
    "systemc/include/plumbline/sim/off_chip_options.hpp": "off_chip",
    "systemc/include/plumbline/sim/probe.hpp": "probe",
    "systemc/include/plumbline/sim/run_events.hpp": "statistics",
    "systemc/include/plumbline/sim/tile_index.hpp": "core",
    "validate/include/plumbline/validate/batch_report.hpp": "batch",
    "validate/include/plumbline/validate/calibrate_page.hpp": "html",
    "validate/include/plumbline/validate/draw.hpp": "generated",
    "validate/include/plumbline/validate/explore_page.hpp": "html",
    "validate/include/plumbline/validate/explore_report.hpp": "report/explore",
    "validate/include/plumbline/validate/explored_point.hpp": "report/explore",
    "validate/include/plumbline/validate/fit_problem.hpp": "calibration",
    "validate/include/plumbline/validate/optimize_report.hpp": "report/optimize",
    "validate/include/plumbline/validate/page.hpp": "html",
    "validate/include/plumbline/validate/report.hpp": "report",
    "validate/include/plumbline/validate/trace_options.hpp": "trace",
    "validate/include/plumbline/validate/validate_page.hpp": "html",
}
PUBLIC_ROOTS = {
    "model/include/plumbline/io/": "model/src/io",
    "model/include/plumbline/": "model/src",
    "systemc/include/plumbline/sim/": "systemc/src",
    "validate/include/plumbline/validate/": "validate/src",
}

# Source -> folder that it may not even reach through others: the referee knows nothing of what is checked against it.
UNREACHABLE = {"systemc/src/arbitration/round_robin_arbiter.cpp": "systemc/src/chunk_timing/"}

# Module that hosts include -> of our headers, how many it may bring with it.
BRINGS_AT_MOST = {
    "systemc/include/plumbline/sim/accelerator.hpp": 10,
    "systemc/include/plumbline/sim/machine.hpp": 7,
}

INCLUDE = re.compile(r'\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)"|(\S+))')


@dataclass(frozen=True)
class Include:
    file: str  # relative to the repository
    line: int
    name: str


def area_of(file):
    """Area of a file by its path relative to the repository; None where no area has it."""
    if file == ADAPTER:
        return "adapter"
    if file == SYSTEMC_HEADER:
        return "SystemC header"
    folder = next((area for prefix, area in AREAS if file.startswith(prefix)), None)
    if folder == "model header" and Path(file).stem in DESCRIPTION:
        return "description"
    return folder


def group_of_plumbline_header(name):
    """Group of a header that is included as plumbline/…."""
    parts = Path(name).parts
    if len(parts) > 2:
        return parts[1]
    return "description" if Path(name).stem in DESCRIPTION else "model"


def group_of_own_file(repository, file, name):
    """"own", or the area that a header included by a path of its own belongs to."""
    area = area_of(file)
    own = {area} | BESIDE.get(area, set())
    roots = [(repository / file).parent] + [repository / prefix for prefix, other in AREAS if other in own]
    for root in roots:
        header = (root / name).resolve()
        if header.is_file():
            found = area_of(header.relative_to(repository).as_posix()) if header.is_relative_to(repository) else "other"
            same = found == area or {found, area} == {"adapter", "systemc source"}
            return "own" if same else found
    return "other"


def group_of(repository, include):
    """Group of what an include names."""
    if include.name.startswith("plumbline/"):
        return group_of_plumbline_header(include.name)
    if include.name in STANDARD:
        return "std"
    if include.name in C_STANDARD:
        return "freestanding C"
    for group, pattern in THIRD_PARTY:
        if pattern.match(include.name):
            return group
    return group_of_own_file(repository, include.file, include.name)


def includes_of(repository, file):
    """Every include of a file."""
    text = (repository / file).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        match = INCLUDE.match(line)
        if match:
            yield Include(file, number, next(name for name in match.groups() if name))


def sources_of(repository):
    """Paths of all sources and headers in the areas, relative to the repository."""
    for folder in sorted({prefix.split("/")[0] for prefix, _ in AREAS}):
        for path in sorted((repository / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                yield path.relative_to(repository).as_posix()


@dataclass(frozen=True)
class Rank:
    """Place of a folder in the order of its root."""

    place: int
    side: int = 0  # of orders that stand side by side
    step: int = 0  # within one of them

    def may_include(self, other):
        if self.place != other.place:
            return self.place > other.place
        return self.side == other.side and self.step >= other.step


def ranks_of(root):
    """Folder below a root of sources -> its rank."""
    ranks = {}
    for place, entry in enumerate(ORDER[root]):
        for side, order in enumerate(entry if isinstance(entry, tuple) else ([entry],)):
            for step, folder in enumerate(order):
                ranks[folder] = Rank(place, side, step)
    return ranks


def folder_of_source(file):
    """Root of sources and folder of a file below it; None where no order is set, the folder None where it is not listed."""
    root = max((root for root in ORDER if file.startswith(root + "/")), key=len, default=None)
    if root is None:
        return None
    parent = Path(file).relative_to(root).parent.as_posix()
    folder = "" if parent == "." else parent
    return root, folder if folder in ranks_of(root) else None


def folder_of_public_header(repository, file):
    """Root of sources and folder that a public header belongs to; None where it is none of theirs."""
    prefix = next((prefix for prefix in PUBLIC_ROOTS if file.startswith(prefix)), None)
    if prefix is None:
        return None
    root = PUBLIC_ROOTS[prefix]
    if file in HEADER_FOLDERS:
        return root, HEADER_FOLDERS[file]
    name = Path(file).with_suffix(".cpp").name
    folders = [folder for folder in ranks_of(root) if (repository / root / folder / name).is_file()]
    return root, folders[0] if folders else None


def folder_of(repository, file):
    """Root of sources and folder that a source or header belongs to, or None."""
    return folder_of_public_header(repository, file) or folder_of_source(file)


def file_of(repository, include):
    """Path of the file of ours that an include names, relative to the repository; None where it is none of the ordered ones."""
    roots = [prefix.split("plumbline/")[0] for prefix in PUBLIC_ROOTS] + [str(Path(include.file).parent)]
    roots += sorted((root for root in ORDER if include.file.startswith(root + "/")), key=len, reverse=True)
    for root in roots:
        path = (repository / root / include.name).resolve()
        if path.is_file() and path.is_relative_to(repository):
            return path.relative_to(repository).as_posix()
    return None


def breaks_order(repository, include):
    """Whether an include names a folder that stands after that of its file, or beside it."""
    here = folder_of(repository, include.file)
    target = file_of(repository, include)
    there = folder_of(repository, target) if target else None
    if here is None or there is None or here[0] != there[0] or None in (here[1], there[1]) or here == there:
        return False
    ranks = ranks_of(here[0])
    return not ranks[here[1]].may_include(ranks[there[1]])


def violations_of(repository, file):
    """One sentence for each include of a file that its area or its folder may not know."""
    area, place = area_of(file), folder_of(repository, file)
    if area is None:
        yield f"{file}: lies in no area"
        return
    if place is not None and place[1] is None:
        yield f"{file}: belongs to no folder in the order of {place[0]}"
    for include in includes_of(repository, file):
        group = group_of(repository, include)
        if KNOWS[area] is not EVERYTHING and group not in KNOWS[area]:
            yield f"{file}:{include.line}: {area} may not include {include.name} ({group})"
        elif breaks_order(repository, include):
            there = folder_of(repository, file_of(repository, include))
            yield f"{file}:{include.line}: {place[1] or place[0]} may not include {include.name} (of {there[1] or there[0]})"


def reached_from(repository, file):
    """Every file of ours that a file includes, itself or through others."""
    reached, waiting = set(), [file]
    while waiting:
        for include in includes_of(repository, waiting.pop()):
            target = file_of(repository, include)
            if target and target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def reaches_of(repository, files):
    """One sentence for each file that is reached and may not be."""
    for file, folder in UNREACHABLE.items():
        for target in sorted(reached_from(repository, file)) if file in files else []:
            if target.startswith(folder):
                yield f"{file}: may not reach {target}"


def burdens_of(repository, files):
    """One sentence for each header that brings too many others."""
    for file, most in BRINGS_AT_MOST.items():
        brought = len(reached_from(repository, file)) if file in files else 0
        if brought > most:
            yield f"{file}: brings {brought} headers, may bring {most}"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    repository = Path(arguments[0]).resolve()
    files = list(sources_of(repository))
    if not files:
        print(f"{repository}: holds no sources", file=sys.stderr)
        return 2
    violations = [violation for file in files for violation in violations_of(repository, file)]
    violations += [*reaches_of(repository, files), *burdens_of(repository, files)]
    for violation in violations:
        print(violation)
    print(f"{len(files)} files, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
