"""How long a browser waits for an import and for a comparison, and what they cost: on a real node, by its pages.

    python bench/jobs/run.py            20,000 rows
    python bench/jobs/run.py 1000       fewer

A node is made in a temporary folder (SQLite, as `homeward serve` sets it up) and served by a process of its own. A registrar uploads a
list of invented people (one request), looks at the job's progress once a second as the page does, and imports it (one request). A
list officer then has another list of as many, six of ten of them the same people in the other language, compared with the register.
Beside the jobs, the health page and the first page are asked for four times a second: what other officers wait.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from http.client import HTTPConnection, HTTPResponse
from importlib import import_module
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "load"))

from node import Server

from homeward.bureau.node.folder import Identity
from homeward.bureau.node.starting import lay_folder, set_up
from homeward.invented import InventedPerson, generate_people
from homeward.people import table_bytes

_HEADINGS = {
    "uk": ["ID", "Прізвище", "Ім'я", "По батькові", "Дата народження", "Звання"],
    "ru": ["ID", "Фамилия", "Имя", "Отчество", "Дата рождения", "Звание"],
}


def table(people: list[InventedPerson], language: str) -> bytes:
    """The people as a CSV file in one of their languages."""
    rows = [
        [f"{language}-{number}", name.surname, name.given, name.patronymic, person.birth_date.isoformat(), person.rank]
        for number, person in enumerate(people)
        for name in [person.names[language]]
    ]
    return table_bytes(".csv", _HEADINGS[language], rows)


class Browser:
    """An officer's browser: a session, and the time of its longest request."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.longest = 0.0
        page = self.get("/")[1]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None, "a page with a form"
        self.csrf = found.group(1)

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, str]:
        """Open a page."""
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], file: bytes = b"") -> str:
        """Send a form; gives where the browser is led."""
        mark = "----bench"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in {
            **fields, "csrfmiddlewaretoken": self.csrf}.items()]  # fmt: skip
        body = "".join(parts).encode()
        if file:
            body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n\r\n'.encode()
            body += file + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        answer, page = self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
        assert answer.status == 302, page[:3000]
        return urllib.parse.urlsplit(answer.headers["Location"]).path

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[HTTPResponse, str]:
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=900)
        connection.request(method, path, body=body or None, headers={"Cookie": self.cookie, **headers})
        answer = connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        for name, value in answer.headers.items():
            if name.lower() == "set-cookie" and "csrf" in value:
                self.cookie += "; " + value.partition(";")[0]
        connection.close()
        self.longest = max(self.longest, time.monotonic() - began)
        return answer, page

    def wait_for(self, job: str) -> tuple[str, int]:
        """Ask for the progress as the page does, until it leads to the result."""
        asked, said = 0, "waiting"
        while True:
            answer, _page = self.get(f"{job}progress?said={said}", **{"HX-Request": "true"})
            asked += 1
            if answer.headers.get("HX-Redirect"):
                return str(answer.headers["HX-Redirect"]), asked
            if answer.headers.get("HX-Refresh"):
                # The page is loaded anew when the job begins, and when it fails.
                assert said == "waiting", "the job failed: " + self.get(job)[1]
                said = "running"
            time.sleep(1)


def workers_cpu(pid: int) -> tuple[float, int]:
    """CPU seconds of all workers that the server has started, those that have ended among them, and the most memory of one in MB."""
    ticks, peak = 0, 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            if int(stat.parent.name) == pid:
                ticks += sum(map(int, fields[13:15]))
            elif int(fields[1]) == pid:
                ticks += sum(map(int, fields[11:13]))
                found = re.search(r"VmHWM:\s+(\d+)", (stat.parent / "status").read_text())
                peak = max(peak, int(found.group(1)) // 1024 if found is not None else 0)
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK"), peak


def beside(port: int, cookie: str, over: threading.Event, waits: list[float]) -> None:
    """What somebody else waits for the first page while the jobs go on."""
    while not over.wait(0.25):
        began = time.monotonic()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
        waits.append(time.monotonic() - began)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "node"
        lay_folder(folder, Identity("UA", "Bench", demo=True))
        set_up(folder)
        officers: dict[str, str] = import_module("officers").make(folder)
        people = list(generate_people(count, seed=3, nation="uk"))
        others = list(generate_people(count, seed=99, nation="uk"))
        mixed = [*random.Random(1).sample(people, count * 6 // 10), *others][:count]
        server = Server(folder, threads=8)
        server.start()
        pid = server._process.pid  # type: ignore[union-attr]
        over, waits = threading.Event(), list[float]()
        thread = threading.Thread(target=beside, args=(server.port, officers["onlooker"], over, waits))
        thread.start()
        told: dict[str, Any] = {"rows": count}
        registrar, lister = (Browser(server.port, officers[name]) for name in ("registrar", "lister"))
        source = {"kind": "own_records", "grade": "A2", "on": "2026-05-03", "text": ""}

        def measure(name: str, browser: Browser, path: str, fields: dict[str, str], file: bytes = b"") -> str:
            browser.longest, began, cpu = 0.0, time.monotonic(), workers_cpu(pid)[0]
            job = browser.post(path, fields, file)
            upload = time.monotonic() - began
            result, asked = browser.wait_for(job)
            cpu_after, peak = workers_cpu(pid)
            told[name] = {
                "request_s": round(upload, 2), "longest_request_s": round(browser.longest, 2), "looks": asked,
                "whole_s": round(time.monotonic() - began, 1), "workers_cpu_s": round(cpu_after - cpu, 1), "worker_peak_mb": peak,
            }  # fmt: skip
            return result

        made = measure("dry run", registrar, "/people/imports/add/", source, table(people, "uk"))
        measure("taking in", registrar, made + "go-on/", {})
        measure("comparison", lister, "/review/new/file", {"name": "draft-1"}, table(mixed, "ru"))
        over.set()
        thread.join()
        cuts = quantiles(waits, n=100)
        told["first page beside"] = {"asked": len(waits), "p50_s": round(cuts[49], 3), "p99_s": round(cuts[98], 3)}
        server.stop()
        print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
