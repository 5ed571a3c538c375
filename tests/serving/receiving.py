"""A receiver in a process of its own, whose builds are stand-ins that write down when they ran."""

import hashlib
import hmac
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from making import ROOT

SECRET = "canary-0123456789abcdef"
BUILD = """
import json, os, sys, time
with open(sys.argv[1], "a") as file: file.write("begun\\n")
time.sleep(float(sys.argv[2]))
with open(sys.argv[1], "a") as file: file.write("ended\\n")
with open(sys.argv[1] + ".env", "w") as file: file.write(repr(sorted(os.environ)))
print(json.dumps({"articles": 3, "written": 2, "unchanged": 1, "removed": 0}))
sys.exit(int(sys.argv[3]))
"""
DRIVER = """
import json, os, sys
from pathlib import Path
from syndicate import serving
from syndicate.serving import builds, receiver, server
said = json.loads(sys.argv[1])
server.LIFETIME, receiver.SECONDS = said["lifetime"], said["body_seconds"]
server.CONNECTIONS = said["connections"]
place = Path(said["place"])
command = (sys.executable, "-c", said["build"], str(place / "builds"), str(said["takes"]), str(said["exit"]))
environment = {name: value for name, value in os.environ.items() if name != "SECRETS"}
work = builds.Work(command=command, environment=environment, seconds=said["limit"], pull=place if said["pull"] else None)
secrets = serving.secrets_in(os.environ["SECRETS"])
print(serving.serve(serving.Hooks(site=place, work=work, secrets=secrets, host="127.0.0.1", port=0)))
"""


class Receiver:
    def __init__(self, place: Path, process: subprocess.Popen, journal: Path) -> None:
        self.place, self.process, self.journal = place, process, journal
        self.port = self.wait("listening")["port"]

    def said(self, event=""):
        """What the journal holds; each line must be one object."""
        whole = self.journal.read_text().splitlines(keepends=True)
        lines = [json.loads(line) for line in whole if line.endswith("\n")]
        return [line for line in lines if event in {"", line["event"]}]

    def wait(self, event, count=1, seconds=20):
        for _ in range(int(seconds * 50)):
            found = self.said(event)
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.02)
        raise AssertionError(f"{event} not seen {count} times: {self.journal.read_text()}")

    @property
    def builds(self):
        place = self.place / "builds"
        return place.read_text().split() if place.exists() else []

    def post(self, sender, body=b"{}", headers=None, method="POST", path=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path or f"/hooks/{sender}", body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def get(self, path):
        return self.post("", None, method="GET", path=path)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def receiver(place: Path, *, secrets=SECRET, **said):
    """A receiver for the time of a test."""
    place.mkdir(parents=True, exist_ok=True)
    journal = place / "journal"
    told = {
        "place": str(place),
        "build": BUILD,
        "takes": 0.0,
        "exit": 0,
        "limit": 30,
        "pull": False,
        "lifetime": 5.0,
        "body_seconds": 2.0,
        "connections": 256,
        **said,
    }
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SECRETS": secrets}
    with journal.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", DRIVER, json.dumps(told)],
            stderr=log,
            stdout=subprocess.PIPE,
            env=environment,
        )
        try:
            yield Receiver(place, process, journal)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait(10)
            process.stdout.close()


def hexadecimal(body: bytes, secret=SECRET):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def github(body: bytes, name="d1", secret=SECRET):
    return {
        "X-Hub-Signature-256": f"sha256={hexadecimal(body, secret)}",
        "X-GitHub-Delivery": name,
        "X-GitHub-Event": "push",
    }
