# SPDX-License-Identifier: Apache-2.0
"""Opens a page from disk in headless Chromium, and tells what became of it.

    visit = chromium.open_page("/usr/bin/chromium", Path("page.html"))
    visit.dom, visit.console, visit.requests
"""

import json
import os
import re
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# It ends by itself long before: all that it waits for is virtual time.
DEADLINE_S = 60
PAGE_TIME_MS = 10_000

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the network is never reached, whoever asks
    "--enable-logging=stderr",
    "--v=0",
    f"--virtual-time-budget={PAGE_TIME_MS}",
]
NO_ORIGIN = "not an origin"
CONSOLE = re.compile(r"^\[[^\]]*:CONSOLE[^\]]*\] (.*)$", re.MULTILINE)


@dataclass
class Visit:
    dom: str  # once everything has run
    console: list  # whatever the page said there, errors and refusals among it
    requests: list  # addresses on the network that the page asked for


DARK = ["--blink-settings=preferredColorScheme=0"]
LIGHT = ["--blink-settings=preferredColorScheme=1"]


def open_page(chromium, page, flags=()):
    """Raises subprocess.TimeoutExpired or CalledProcessError where the browser does not end as it should."""
    with tempfile.TemporaryDirectory(prefix="plumbline-browser-", ignore_cleanup_errors=True) as folder:
        log = Path(folder) / "net.json"
        command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile", f"--log-net-log={log}", *flags, "--dump-dom"]
        dom, messages = _run([*command, page.resolve().as_uri()], {**os.environ, "HOME": folder})
        return Visit(dom, CONSOLE.findall(messages), _requests(log))


def print_page(chromium, page):
    """The page as PDF. Raises as open_page."""
    with tempfile.TemporaryDirectory(prefix="plumbline-browser-", ignore_cleanup_errors=True) as folder:
        pdf = Path(folder) / "page.pdf"
        command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.resolve().as_uri()]
        _run(command, {**os.environ, "HOME": folder})
        return pdf.read_bytes()


def _run(command, environment):
    # A session of its own: a browser is many processes, and none may outlive the test.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        try:
            out, err = process.communicate(timeout=DEADLINE_S)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command, out, err)
    return out, err


def _requests(log):
    """Addresses in the browser's record of its network. Only what a page starts has an origin; the rest is the browser's."""
    record = json.loads(log.read_text(encoding="utf-8"))
    parameters = [event.get("params", {}) for event in record["events"]]
    return sorted({p["url"] for p in parameters if p.get("initiator", NO_ORIGIN) != NO_ORIGIN and "url" in p})
