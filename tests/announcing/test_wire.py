"""One POST to one judged address: what is dialled, what is refused, and how long it may take."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest
from listening import hub

from syndicate.announcing import wire
from syndicate.announcing.messages import Post
from syndicate.announcing.wire import Caller


def post(url, body=b"x=1"):
    return Post(url, (("Content-Type", "text/plain"),), body)


@contextmanager
def rude(answer):
    """A server that lets a function talk to whoever comes."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        try:
            while True:
                with server.accept()[0] as peer:
                    peer.settimeout(5)
                    peer.recv(65536)
                    answer(peer)
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


def test_what_is_allowed_arrives_whole():
    with hub(headers={"Retry-After": "120"}) as there:
        answer = Caller(allow_private=True).post(post(there.url, b"x" * 70000))
    assert (answer.status, answer.taken, answer.retry_after) == (202, True, 120)
    assert there.heard[0][2] == b"x" * 70000
    assert there.heard[0][1]["host"] == there.url.split("/")[2]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "①②⑦.0.0.1"]
)
def test_this_machine_is_not_dialled_however_it_is_called(host):
    with hub() as there:
        answer = Caller().post(post(there.url.replace("127.0.0.1", host)))
    assert there.heard == []
    assert not answer.taken


def test_a_name_is_judged_by_where_it_leads_and_exactly_that_is_dialled(monkeypatch):
    dialled = []
    monkeypatch.setattr(
        wire,
        "_addresses",
        lambda host, _: {"both.example": ["10.0.0.1", "192.0.1.5"], "inside.example": ["10.0.0.1", "fd00::1"]}[host],
    )
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, *_, **__: dialled.append(address) or (_ for _ in ()).throw(ConnectionRefusedError("no")),
    )
    inside = Caller().post(post("http://inside.example/"))
    assert inside.final
    assert "not on the public Internet" in inside.what
    assert dialled == []
    assert not Caller().post(post("http://both.example:8080/")).final
    assert dialled == [("192.0.1.5", 8080)]


def test_a_redirect_is_not_followed():
    with hub() as target, hub(status=307, headers={"Location": target.url}) as there:
        answer = Caller(allow_private=True).post(post(there.url))
    assert (answer.status, answer.taken) == (307, False)
    assert target.heard == []


def drip(peer):
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000:
        peer.send(bytes([byte]))
        time.sleep(0.05)


@pytest.mark.parametrize("talk", [lambda peer: time.sleep(1.5), drip], ids=["silent", "dripping"])
def test_who_is_slow_is_left(talk):
    with rude(talk) as url:
        began = time.monotonic()
        answer = Caller(allow_private=True, seconds=0.4).post(post(url))
        assert time.monotonic() - began < 2
    assert (answer.status, answer.final) == (0, False)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x00" * 2000,
        b"HTTP/1.1 9999 what\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50000,
    ],
)
def test_nonsense_is_an_answer_not_an_accident(said):
    def talk(peer):
        if said:
            peer.sendall(said)

    with rude(talk) as url:
        assert not Caller(allow_private=True, seconds=2).post(post(url)).taken


def test_an_endless_answer_is_cut():
    def talk(peer):
        peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            peer.sendall(b"z" * 65536)

    with rude(talk) as url:
        began = time.monotonic()
        assert Caller(allow_private=True, seconds=5).post(post(url)).taken
        assert time.monotonic() - began < 2


def test_nobody_there_and_no_such_name_are_answers(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert Caller(allow_private=True).post(post(f"http://127.0.0.1:{port}/")).status == 0
    monkeypatch.setattr(wire, "_addresses", lambda *_: [])
    assert "cannot be resolved" in Caller().post(post("https://nowhere.example/")).what
    assert not Caller().post(post("gopher://nowhere.example/")).taken


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate for hub.example, which is its own authority."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    place = tmp_path_factory.mktemp("tls")
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=hub.example",
        "-addext",
        "subjectAltName=DNS:hub.example",
    ]
    subprocess.run([*made, "-keyout", place / "key.pem", "-out", place / "cert.pem"], check=True, capture_output=True)
    return place


@pytest.mark.parametrize(
    ("name", "trusted", "taken"),
    [("hub.example", True, True), ("other.example", True, False), ("hub.example", False, False)],
)
def test_the_name_is_what_the_certificate_must_bear_whatever_is_dialled(authority, monkeypatch, name, trusted, taken):
    monkeypatch.setattr(wire, "_addresses", lambda *_: ["127.0.0.1"])
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "cert.pem", authority / "key.pem")
    names = []
    context.sni_callback = lambda _, asked, __: names.append(asked)
    with hub(tls=context) as there:
        answer = Caller(allow_private=True).post(post(there.url.replace("http://127.0.0.1", f"https://{name}")))
    assert (answer.taken, names) == (taken, [name])
    assert bool(there.heard) is taken
