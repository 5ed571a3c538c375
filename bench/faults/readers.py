"""Read through a real web server while a site is published over and over: nothing torn, nothing missing, 304 where due.

``readers.py FOLDER [--publishes 200] [--requests 100000] [--readers 4] [--wrk]`` starts nginx on loopback, prints
counts, and exits with 1 if any answer was wrong. With ``--wrk``, that program reads what points as fast as it can, too,
and its script looks at each answer's status and end.
"""

import argparse
import hashlib
import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.faults.kill import Bench, build, in_a_child

NAMED = re.compile(rb"cards/[^\s\"'<>\\]+\.([0-9a-f]{16})\.\w+")
POINTERS = ("rss.xml", "atom.xml", "feed.json", "cards.json", "index.html", "feeds/tags/one/atom.xml", "feeds.opml")
OK, UNCHANGED = 200, 304
_PAUSE = 0.01


_SCRIPT = """
local paths, at, threads = {PATHS}, 0, {}
bad, good, first = 0, 0, ""
function setup(thread) table.insert(threads, thread) end
function request()
  at = at + 1
  return wrk.format("GET", "/" .. paths[at % #paths + 1])
end
local ends = {["text/xml"] = "</%a+>%s*$", ["application/json"] = "}%s*$", ["text/html"] = "</html>%s*$"}
function response(status, headers, body)
  local kind = (headers["Content-Type"] or ""):match("^[^;]*")
  local wanted = ends[kind] or ">%s*$"
  if status == 200 and body:sub(-40):find(wanted) and #body == tonumber(headers["Content-Length"]) then
    good = good + 1
  else
    bad = bad + 1
    first = status .. " " .. kind .. " " .. body:sub(-60)
  end
end
function done(summary)
  local whole, torn, what = 0, 0, ""
  for _, thread in ipairs(threads) do
    whole, torn = whole + thread:get("good"), torn + thread:get("bad")
    what = what .. thread:get("first")
  end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print("WRK " .. whole .. " " .. torn .. " " .. errors .. " " .. what)
end
"""


@contextmanager
def hammered(port: int, place: Path, said: list[str]) -> Iterator[None]:
    """Let wrk read what points while something else is done; ``said`` gets its script's last line."""
    script = place / "check.lua"
    paths = ", ".join(f'"{path}"' for path in POINTERS)
    script.write_text(_SCRIPT.replace("PATHS", paths), encoding="utf-8")
    command = [
        "nice",
        "-n",
        "19",
        "wrk",
        "-t",
        "1",
        "-c",
        "4",
        "-d",
        "24h",
        "-s",
        str(script),
        f"http://127.0.0.1:{port}/",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            said += [line for line in process.communicate()[0].splitlines() if line.startswith("WRK ")]


@contextmanager
def served(folder: Path, place: Path) -> Iterator[int]:
    """Serve a folder with nginx; yield the port."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    place.mkdir(parents=True, exist_ok=True)
    (place / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {place}/pid; error_log {place}/error.log;\n"
        "events { worker_connections 64; }\n"
        f"http {{ access_log off; client_body_temp_path {place}/b; proxy_temp_path {place}/p;"
        f" fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;"
        " keepalive_requests 1000000;\n"
        " types { text/xml xml opml; application/json json; text/html html; }\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; }} }}\n",
        encoding="utf-8",
    )
    server = shutil.which("nginx") or "/usr/sbin/nginx"
    with subprocess.Popen([server, "-p", place, "-c", place / "nginx.conf"], stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield port
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("nginx does not answer")


class Reader(threading.Thread):
    """A feed reader, a platform and a person in one: reads what points, then what it points at."""

    def __init__(self, port: int, requests: int, over: threading.Event) -> None:
        super().__init__()
        self.over = over
        self.left, self.counts, self.wrong = requests, Counter[str](), list[str]()
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.seen: dict[str, str] = {}

    def run(self) -> None:
        """Read until enough was read, and nothing is published any more."""
        while self.left > 0 or not self.over.is_set():
            for path in POINTERS:
                self.point(path)
            self.unchanged()
            time.sleep(_PAUSE)  # leave something of the machine to who publishes

    def point(self, path: str) -> None:
        """Read a file that names others, and all that it names."""
        data = self.get(path)
        if data is None:
            return
        try:
            _judge(path, data)
        except (ET.ParseError, ValueError) as error:
            self.wrong.append(f"{path} is torn: {error}")
        for found in {match[0]: match[1] for match in NAMED.finditer(data)}.items():
            card = self.get(found[0].decode())
            if card is not None and not hashlib.sha256(card).hexdigest().startswith(found[1].decode()):
                self.wrong.append(f"{found[0].decode()} is torn")

    def unchanged(self) -> None:
        """Ask whether a feed that nobody touches changed."""
        path = "feeds/tags/two/atom.xml"
        headers = {"If-None-Match": self.seen[path]} if path in self.seen else {}
        answer = self.ask(path, headers)
        self.counts["304" if answer.status == UNCHANGED else "200 again"] += bool(headers)
        self.seen[path] = answer.headers["ETag"] or ""

    def get(self, path: str) -> bytes | None:
        """Read a file; remember it if it is not there."""
        answer = self.ask(path, {})
        if answer.status != OK:
            self.wrong.append(f"{path}: {answer.status}")
            return None
        return self.body

    def ask(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Make a request; its whole body is at hand then."""
        self.line.request("GET", f"/{path}", headers=headers)
        answer = self.line.getresponse()
        self.body = answer.read()
        self.left -= 1
        self.counts["requests"] += 1
        return answer


def _judge(path: str, data: bytes) -> None:
    if path.endswith((".xml", ".opml")):
        ET.fromstring(data)
    elif path.endswith(".json"):
        json.loads(data)
    elif not data.rstrip().endswith(b"</html>"):
        raise ValueError("does not end")


def watch(
    folder: Path, publishes: int, requests: int, readers: int, *, wrk: bool = False
) -> tuple[Counter[str], list[str]]:
    """Publish while readers read; return their counts, and what was wrong."""
    bench = Bench(folder / "site")
    _split(bench.site)
    build(bench.site, bench.output, datetime(2026, 1, 3, tzinfo=UTC))
    said: list[str] = []
    with (
        served(bench.output, folder / "nginx") as port,
        hammered(port, folder / "nginx", said) if wrk else nullcontext(),
    ):
        over = threading.Event()
        crowd = [Reader(port, requests // readers, over) for _ in range(readers)]
        for one in crowd:
            one.start()
        for number in range(publishes):
            edited = bench.site / f"content/a{number % 5 + 1}.md"
            edited.write_text(re.sub(r"title: .*", f"title: Edited {number}", edited.read_text("utf-8")), "utf-8")
            moment = datetime(2026, 1, 3, tzinfo=UTC) + timedelta(minutes=number + 1)
            in_a_child(lambda moment=moment: build(bench.site, bench.output, moment))
        over.set()
        for one in crowd:
            one.join()
            one.line.close()
    counts = sum((one.counts for one in crowd), Counter())
    wrong = [fault for one in crowd for fault in one.wrong]
    for line in said:
        _, good, torn, errors, *what = line.split(" ", 4)
        counts["wrk"] += int(good)
        wrong += [f"wrk: {torn} wrong answers, {errors} errors: {what}"] if int(torn) + int(errors) else []
    return counts, wrong


def _split(site: Path) -> None:
    """Give the articles that nobody edits a tag of their own, whose feed then never changes."""
    for number in range(1, 11):
        place = site / f"content/a{number}.md"
        tag = "one" if number <= 5 else "two"  # noqa: PLR2004 -- those that are edited are the first five
        place.write_text(place.read_text("utf-8").replace("tags: [one, two]", f"tags: [{tag}]"), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--wrk", action="store_true")
    chosen = parser.parse_args()
    counts, wrong = watch(chosen.folder, chosen.publishes, chosen.requests, chosen.readers, wrk=chosen.wrk)
    print(f"{chosen.publishes} publishes, {counts['requests']:,} requests: {len(wrong)} torn or missing")
    if chosen.wrk:
        print(f"beside them wrk read {counts['wrk']:,} whole answers")
    print(f"an unchanged feed was answered 304 {counts['304']:,} times, 200 again {counts['200 again']:,} times")
    sys.exit("\n".join(wrong[:20]) if wrong or counts["200 again"] else 0)


if __name__ == "__main__":
    main()
