"""The preview server as people start it: a process of its own, asked over HTTP."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from making import ROOT


class Served:
    def __init__(self, process, port):
        self.process, self.port = process, port

    def ask(self, path, method="GET", body=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, headers={"Host": f"127.0.0.1:{self.port}", **named})
        answer = line.getresponse()
        said = answer.read() if not path.endswith("events") else answer.readline() + answer.readline()
        line.close()
        return answer, said

    def build(self):
        """The number of the last build."""
        _, body = self.ask("/.live/events")
        return json.loads(body.partition(b"data: ")[2])

    def after(self, number):
        for _ in range(600):
            if (build := self.build())["number"] > number:
                return build
            time.sleep(0.1)
        raise AssertionError("it was never built")


@contextmanager
def serving(site, journal, *options):
    """Serve a site; end the server as Ctrl-C does."""
    with journal.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "syndicate", "serve", str(site), "--port", "0", *options],
            stderr=said,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    try:
        for _ in range(600):
            lines = [json.loads(line) for line in journal.read_text().splitlines() if line.endswith("}")]
            if found := [one for one in lines if one["event"] == "listening"]:
                break
            time.sleep(0.05)
        yield Served(process, int(found[0]["address"].split(":")[2].partition("/")[0]))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
