# SPDX-License-Identifier: Apache-2.0
"""What must hold of a Perfetto trace, by itself and beside the counters of the same run.

    faults = perfetto.faults(json.load(open("run.json")), json.load(open("counters.json")))

Each fault is a sentence. Times are in thousandths of a cycle here, as whole numbers.
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

import jsonschema

SCHEMA = json.loads((Path(__file__).parents[3] / "platforms/schemas/trace.schema.json").read_text(encoding="utf-8"))


def shape_faults(trace):
    """Whatever the schema refuses. Takes a fifth of a millisecond per event."""
    for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(trace):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"


def faults(trace, counters=None):
    """Whatever contradicts itself or the counters (JSON of `plumbline simulate`, every tile executed)."""
    view = View(trace["traceEvents"])
    yield from _unnamed(view)
    yield from _overlapping(view)
    if counters:
        yield from _outside(view, counters)
        yield from _miscounted_traffic(view, counters)
        yield from _miscounted_steps(view, counters)


class View:
    """Events sorted out: names of processes and threads, slices by thread in the order of the file."""

    def __init__(self, events):
        self.processes = [(event["pid"], event["args"]["name"]) for event in _named(events, "process_name")]
        self.threads = [(event["tid"], event["args"]["name"]) for event in _named(events, "thread_name")]
        self.process_of = dict(self.processes)
        self.thread_of = dict(self.threads)
        self.slices = [event for event in events if event["ph"] == "X"]
        self.counters = [event for event in events if event["ph"] == "C"]
        self.rows = defaultdict(list)
        for event in self.slices:
            self.rows[event["pid"], event["tid"]].append(event)

    def row_named(self, process, thread):
        return [
            event
            for (pid, tid), events in self.rows.items()
            if self.process_of[pid] == process and self.thread_of[tid] == thread
            for event in events
        ]

    def accesses(self):
        """Slices about ports."""
        return (event for event in self.slices if "operand" in event.get("args", {}))

    def accesses_by_port(self):
        """By memory and port; all threads of a port together."""
        ports = defaultdict(list)
        for event in self.accesses():
            ports[self.process_of[event["pid"]], self.thread_of[event["tid"]].split(" (")[0]].append(event)
        return ports


def span(event):
    begin = round(event["ts"] * 1000)
    return begin, begin + round(event["dur"] * 1000)


def busy(events):
    """Time that the events cover together, in thousandths of a cycle."""
    covered, reached = 0, 0
    for begin, end in sorted(map(span, events)):
        covered += max(end, reached) - max(begin, reached)
        reached = max(end, reached)
    return covered


def _named(events, what):
    return (event for event in events if event["ph"] == "M" and event["name"] == what)


def _unnamed(view):
    for kind, names in (("process", view.processes), ("thread", view.threads)):
        for number, count in Counter(number for number, _ in names).items():
            if count > 1:
                yield f"{kind} {number} is named {count} times"
    if {number for number, _ in view.processes} & {number for number, _ in view.threads}:
        yield "processes and threads share numbers"
    for pid, tid in view.rows:
        if pid not in view.process_of:
            yield f"process {pid} has no name"
        if tid not in view.thread_of:
            yield f"thread {tid} has no name"
    for pid in {event["pid"] for event in view.counters} - set(view.process_of):
        yield f"process {pid} has no name"


def _overlapping(view):
    for (_, tid), events in view.rows.items():
        reached = 0
        for event in events:
            begin, end = span(event)
            if begin < reached:
                yield f"a slice of thread {tid} at {event['ts']} begins before the one before it is over"
            reached = end
    latest = {}
    for event in view.counters:
        if event["ts"] <= latest.get(event["pid"], -1):
            yield f"the counter of process {event['pid']} goes back to {event['ts']}"
        latest[event["pid"]] = event["ts"]


def _outside(view, counters):
    end_of_run = 1000 * counters["latency_cycles"]["simulated"]
    for event in view.slices:
        if span(event)[1] > end_of_run:
            yield f"a slice at {event['ts']} lasts longer than the run"
    last = max(span(event)[1] for event in view.row_named("schedule", "tiles"))
    if last != end_of_run:
        yield f"the last tile ends at {last}, the run at {end_of_run}"


def _miscounted_traffic(view, counters):
    drawn = defaultdict(lambda: [0, 0])
    for event in view.accesses():
        arguments = event["args"]
        key = view.process_of[event["pid"]], arguments["operand"], arguments["direction"]
        drawn[key][0] += arguments["bits"]
        drawn[key][1] += arguments["granules"]
    counted = {
        (row["memory"], row["operand"], row["direction"]): [row["bits"], row["granules"]] for row in counters["rows"]
    }
    for key in sorted(drawn.keys() | counted.keys()):
        if drawn.get(key) != counted.get(key):
            yield f"{' '.join(key)}: {drawn.get(key)} bits and granules drawn, {counted.get(key)} counted"


def _miscounted_steps(view, counters):
    cycles, macs = Counter(), Counter()
    for event in view.row_named("schedule", "steps"):
        arguments = event["args"]
        key = ("layer", arguments["layer"]) if "layer" in arguments else ("copy", arguments["before_layer"])
        begin, end = span(event)
        cycles[key] += end - begin
        macs[key] += arguments.get("macs", 0)
    counted = Counter()
    for layer in counters["layers"]:
        counted["layer", layer["name"]] = 1000 * layer["simulated_cycles"]
        if macs["layer", layer["name"]] != layer["macs"]:
            yield f"layer {layer['name']}: {macs['layer', layer['name']]} MACs drawn, {layer['macs']} counted"
    for copy in counters["copies"]:
        counted["copy", copy["before_layer"]] += 1000 * copy["simulated_cycles"]
    for key in cycles.keys() | counted.keys():
        if cycles[key] != counted[key]:
            yield f"{key}: {cycles[key]} drawn, {counted[key]} counted"
