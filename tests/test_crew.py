"""A crew of copies: whatever becomes of one, each piece comes back exactly once, and nobody stays behind."""

import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")

PROGRAM = """
import json, os, signal, sys, time
from syndicate.engine.crew import Job, possible, spread
from syndicate.engine.seam import Failure

def work(number):
    match DEEDS.get(number):
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(3)
        case "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            time.sleep(60)
        case "eat":
            return bytes(2 << 30)
        case "raise":
            raise ValueError("two\\nlines")
        case "much":
            return b"." * (3 << 20)
    return str(number).encode()

def run(count, hands=2, size=4, **more):
    groups = [range(start, min(start + size, count)) for start in range(0, count, size)]
    found = {}
    for number, made in spread(Job(groups, work, **more), hands):
        found.setdefault(number, []).append(made.cause if isinstance(made, Failure) else made.decode())
    return found

assert possible()
"""


def told(deeds, body):
    program = f"{PROGRAM}\nDEEDS = {deeds!r}\n{textwrap.dedent(body)}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("hands", [1, 2, 5])
@pytest.mark.parametrize("size", [1, 7, 5000])
def test_each_piece_comes_back_once(hands, size):
    found = told({}, f"print(json.dumps(run(20_000 if {size} == 1 else 100, {hands}, {size})))")
    assert found == {str(number): [str(number)] for number in range(20_000 if size == 1 else 100)}


def test_what_ends_a_copy_costs_its_own_piece():
    deeds = {3: "die", 4: "killed", 9: "raise", 10: "leave", 20: "eat", 25: "die", 26: "die", 27: "die"}
    found = told(deeds, "print(json.dumps(run(30)))")
    left = found.pop("-1")
    assert {number: cause for number, [cause] in found.items() if cause != number} == {
        "3": "its worker died of SIGSEGV",
        "4": "its worker died of SIGKILL",
        "9": "ValueError: two",
        "10": "its worker ended with 3",
        "20": "MemoryError",
        **dict.fromkeys(("25", "26", "27"), "its worker died of SIGSEGV"),
    }
    assert len(found) == 30
    assert len(left) == 6, "a copy that is lost tells nothing of what it looked at, and that is told"


def test_a_copy_that_hangs_is_ended_by_its_alarm():
    found = told({1: "hang", 5: "hang"}, "print(json.dumps(run(8, seconds=0.3)))")
    assert found["1"] == found["5"] == ["took longer than 0.3 seconds"]
    assert [found[str(number)] for number in (0, 2, 3, 4, 6, 7)] == [["0"], ["2"], ["3"], ["4"], ["6"], ["7"]]


def test_large_results_arrive_whole_and_in_little_memory():
    found = told(
        dict.fromkeys(range(40), "much"),
        """
        from pathlib import Path
        groups = [[number] for number in range(40)]
        sizes = [len(made) for _, made in spread(Job(groups, work), 2)]
        print(json.dumps([sizes, Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]]))
        """,
    )
    sizes, kilobytes = found
    assert sizes == [3 << 20] * 40
    assert int(kilobytes) < 80_000


def test_what_each_copy_leaves_arrives():
    assert told({}, "print(json.dumps(run(9, last=lambda: b'seen')))")["-1"] == ["seen", "seen"]


def test_copies_hold_nothing_of_their_original_and_die_with_it(tmp_path):
    program = f"""{PROGRAM}
DEEDS = {{}}
import fcntl
lock = open({str(tmp_path / "lock")!r}, "w")
fcntl.flock(lock, fcntl.LOCK_EX)
def work(number):
    with open({str(tmp_path / "pids")!r}, "a") as file:
        print(os.getpid(), *(os.readlink(f"/proc/self/fd/{{fd}}") for fd in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{{fd}}")), file=file)
    time.sleep(60)
    return b""
run(2, 2, 1)
"""
    process = subprocess.Popen([sys.executable, "-c", program])
    pids = tmp_path / "pids"
    for _ in range(200):
        if pids.exists() and pids.read_text().count("\n") == 2:
            break
        time.sleep(0.05)
    process.kill()
    process.wait()
    lines = pids.read_text().splitlines()
    assert not any(str(tmp_path / "lock") in line for line in lines)
    for line in lines:
        status = Path(f"/proc/{line.split()[0]}/status")
        for _ in range(100):
            if not status.exists() or "\nState:\tZ" in status.read_text():
                break
            time.sleep(0.05)
        else:
            pytest.fail("a copy outlived its original")


def test_who_stops_listening_leaves_no_copy_behind():
    assert told(
        {},
        """
        some = spread(Job([[n] for n in range(1000)], work), 3)
        next(some)
        some.close()
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            print("true")
        """,
    )
