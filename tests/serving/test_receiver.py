"""The receiver as the network meets it: valid, forged, replayed, oversized, slow and far too many requests."""

import json
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from receiving import SECRET, github, hexadecimal, receiver


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    with receiver(tmp_path_factory.mktemp("receiver")) as running:
        yield running


def talk(port, *pieces, pause=0.0, seconds=10):
    """Say raw bytes and return all that comes back until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as peer:
        heard = b""
        try:
            for piece in pieces:
                peer.sendall(piece)
                time.sleep(pause)
            while chunk := peer.recv(65536):
                heard += chunk
        except (ConnectionError, TimeoutError):
            pass
        return heard


def test_a_genuine_one_is_answered_before_anything_is_built(tmp_path):
    with receiver(tmp_path, takes=1.0) as there:
        there.wait("listening")
        body = b'{"ref":"refs/heads/main"}'
        began = time.monotonic()
        assert there.post("github", body, github(body)) == (202, '{"status":"accepted"}')
        assert time.monotonic() - began < 0.9
        there.wait("build", 2)
        assert there.builds == ["begun", "ended"] * 2, "one at the start, one for it; never two at once"


@pytest.mark.parametrize("sender", ["gitea", "forgejo"])
def test_forges_sign_bare(there, sender):
    body = json.dumps({"from": sender}).encode()
    assert there.post(sender, body, {f"X-{sender}-Signature": hexadecimal(body)})[0] == 202


def test_what_is_forged_is_refused_and_what_is_odd_breaks_nothing(there):
    body = b"{}"
    for mark in (
        "sha256=" + "0" * 64,
        "sha256=",
        "sha1=abc",
        "",
        "sha256=é",
        "sha256=" + "\u00ff" * 64,
        "sha256=" + hexadecimal(b"other"),
    ):
        assert there.post("github", body, {"X-Hub-Signature-256": mark.encode("latin-1")})[0] == 401
    twice = (
        f"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nX-Hub-Signature-256: sha256={hexadecimal(body)}\r\n"
        * 1
    )
    doubled = twice + "X-Hub-Signature-256: sha256=0\r\n\r\n{}"
    assert b" 401 " in talk(there.port, doubled.encode())


def test_a_copy_is_refused_whatever_it_is_called(there):
    body = b'{"copied":true}'
    assert there.post("github", body, github(body, "first"))[0] == 202
    assert there.post("github", body, github(body, "first"))[0] == 409
    assert there.post("github", body, github(body, "second"))[0] == 409


def test_a_copy_is_refused_after_a_restart(tmp_path):
    body = b'{"again":true}'
    with receiver(tmp_path) as there:
        assert there.post("github", body, github(body))[0] == 202
        there.stop()
    with receiver(tmp_path) as there:
        assert there.post("github", body, github(body))[0] == 409


def test_a_ping_is_answered_and_builds_nothing(there):
    body = b'{"zen":"Keep it logically awesome."}'
    assert there.post("github", body, {**github(body, "ping-1"), "X-GitHub-Event": "ping"}) == (
        200,
        '{"status":"idle"}',
    )


def test_who_is_unknown_is_not_there(there):
    assert there.post("nobody")[0] == 404
    assert there.get("/hooks/github")[0] == 405
    assert there.get("/")[0] == 404


def test_a_secret_of_one_sender_opens_no_other_door(tmp_path):
    with receiver(tmp_path, secrets=f"github:{SECRET} github:another-secret-0123456") as there:
        assert there.post("github", b"{}", github(b"{}"))[0] == 202
        assert there.post("github", b"[]", github(b"[]", "d2", secret="another-secret-0123456"))[0] == 202
        assert there.post("gitea", b"{}", {"X-Gitea-Signature": hexadecimal(b"{}")})[0] == 404


def test_what_is_too_large_is_refused_before_it_is_read(there):
    head = b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"
    assert b" 413 " in talk(there.port, head)
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    streamed = talk(
        there.port, b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", *[chunk] * 40
    )
    assert b" 202 " not in streamed
    assert there.said("webhook")[-1]["outcome"] == "oversized"
    body = b"x" * (1 << 20)
    assert there.post("github", body, github(body, "largest"))[0] == 202


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: 99999999999999999999999999999999999999\r\n\r\n",
        b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"X: y\r\n" * 20000 + b"\r\n",
        b"\x00\xff\r\n\r\n",
    ],
    ids=["both lengths", "two lengths", "negative", "huge", "endless digits", "packed", "endless headers", "binary"],
)
def test_requests_that_can_be_read_in_two_ways_are_refused(there, head):
    began = time.monotonic()
    heard = talk(there.port, b"POST /hooks/github HTTP/1.1\r\nHost: x\r\n" + head)
    assert time.monotonic() - began < 4
    assert not heard or heard.split(b" ", 2)[1][:1] == b"4"
    assert there.get("/healthz")[0] == 200


def test_a_genuine_one_that_can_be_read_in_two_ways_is_refused_too(there):
    """A proxy before us may have read another body than the one that is signed."""
    body = b"{}"
    signed = "".join(f"{name}: {value}\r\n" for name, value in github(body, "twice").items()).encode()
    start = b"POST /hooks/github HTTP/1.1\r\nHost: x\r\n" + signed + b"Transfer-Encoding: chunked\r\n"
    chunked = b"\r\n2\r\n{}\r\n0\r\n\r\n"
    assert b" 400 " in talk(there.port, start + b"Content-Length: 2\r\n" + chunked).split(b"\r\n")[0]
    assert there.said("webhook")[-1]["outcome"] == "ambiguous"
    assert b" 202 " in talk(there.port, start + chunked).split(b"\r\n")[0]


def test_a_second_request_on_the_same_connection_is_never_read(there):
    one = b"POST /hooks/nobody HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    assert talk(there.port, one + b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").count(b"HTTP/1.1 ") == 1


def test_who_is_slow_is_hung_up_on(tmp_path):
    with receiver(tmp_path, lifetime=1.0, body_seconds=0.4) as there:
        began = time.monotonic()
        assert talk(there.port, *[b"X"] * 40, pause=0.05) == b"", "a header that never ends"
        assert time.monotonic() - began < 4
        slow = b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n"
        assert b" 408 " in talk(there.port, slow, b"{", pause=0.05)
        sockets = [socket.create_connection(("127.0.0.1", there.port)) for _ in range(60)]
        assert there.get("/healthz")[0] == 200
        for one in sockets:
            one.close()


def test_who_holds_many_connections_keeps_nobody_out(tmp_path):
    with receiver(tmp_path, lifetime=60.0, connections=8) as there:
        held = [socket.create_connection(("127.0.0.1", there.port), timeout=10) for _ in range(40)]
        for number, one in enumerate(held):
            one.sendall(b"POST /hooks/github HTTP/1.1\r\nHost: x\r\n" if number % 2 else b"")
        for number in range(3):
            body = json.dumps({"number": number}).encode()
            assert there.post("github", body, github(body, f"d{number}"))[0] == 202
        ended = 0
        for one in held:
            one.settimeout(0.05)
            try:
                ended += one.recv(1) == b""
            except ConnectionError:
                ended += 1
            except TimeoutError:
                pass
            one.close()
        assert ended >= 33, "no more than eight are open at once"


def test_a_flood_costs_two_builds_and_little_memory(tmp_path):
    with receiver(tmp_path, takes=2.0) as there:
        there.wait("listening")

        def one(number):
            body = json.dumps({"number": number}).encode()
            return there.post("github", body, github(body, f"d{number}"))[0]

        def forged(_):
            return there.post("github", b"x" * 1000, github(b"y"))[0]

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(one, range(100))) == {202}
            assert set(pool.map(forged, range(100))) == {401}
        page = there.get("/metrics")[1]
        assert 'syndicate_webhooks_total{outcome="accepted",sender="github"} 100' in page
        assert 'syndicate_webhooks_total{outcome="forged",sender="github"} 100' in page
        status = Path(f"/proc/{there.process.pid}/status").read_text()
        assert int(status.partition("VmRSS:")[2].split()[0]) < 120_000
        there.wait("build", 2)
        assert there.builds.count("begun") <= 5


def test_metrics_are_lines_a_scraper_reads(there):
    there.wait("build")
    status, page = there.get("/metrics")
    assert status == 200
    for line in page.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or float(line.rpartition(" ")[2]) >= 0
    assert 'syndicate_builds_total{exit_code="0"}' in page
    assert "syndicate_articles 3" in page


def test_the_end_waits_for_the_build_that_runs(tmp_path):
    with receiver(tmp_path, takes=1.5) as there:
        while not there.builds:
            time.sleep(0.02)
        assert there.get("/readyz")[0] == 200
        body = b"{}"
        there.post("github", body, github(body))
        assert there.stop() == 0
        assert there.builds == ["begun", "ended"], "it finishes; what is pending is made up for at the next start"
        assert there.process.stdout.read().strip() == str(int(signal.SIGTERM)).encode()
        assert [line["event"] for line in there.said()][-3:] == ["stopping", "build", "stopped"]


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({"exit": 4}, "4"),
        ({"takes": 60, "limit": 0.5}, "overdue"),
        ({"build": "import os; os.kill(os.getpid(), 9)"}, "killed"),
    ],
)
def test_a_build_that_fails_hangs_or_dies_is_said_and_survived(tmp_path, said, how):
    with receiver(tmp_path, **said) as there:
        assert there.wait("build")["exit"] == how
        assert there.get("/healthz")[0] == 200
        assert f'exit_code="{how}"' in there.get("/metrics")[1]


def test_no_secret_is_ever_said(tmp_path):
    noisy = "import os, sys; sys.stderr.write('\\x1b[2J::error::' + repr(dict(os.environ))); sys.exit(1)"
    with receiver(tmp_path, build=noisy) as there:
        there.post("github", b"{}", github(b"{}"))
        there.post("gitlab", b"{}", {"X-Gitlab-Token": SECRET})
        there.post("gitlab", b"{}", {"X-Gitlab-Token": SECRET + "x"})
        there.wait("build")
        title = Path(f"/proc/{there.process.pid}/cmdline").read_bytes()
        page = there.get("/metrics")[1]
        there.stop()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in written + title + page.encode()
    assert b"\x1b" not in (tmp_path / "journal").read_bytes()
