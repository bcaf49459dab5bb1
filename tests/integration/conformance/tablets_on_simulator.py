"""tablets_on_simulator.py simulator KEDGE: apps on tablets drive a simulated DAW through `kedge control --osc`, over real UDP.

Two apps and the DAW's own moves; one app vanishes without a word and comes back; ten thousand messages at once; wrong ones. Judged by what a
client of the DAW's own hears, and by what the apps show.
"""
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ardour_lab import die_with_parent  # noqa: E402
from checks import Checks  # noqa: E402
from osc_client import Client, encode, free_port  # noqa: E402

STRIPS = 12
FEEDBACK = 159  # strips, their buttons and values


def level(position):
    """At which a position stands, in dB, by the formula of Ardour's source."""
    return -math.inf if position <= 0 else (position ** 0.125 * 198 - 192) / 6 * 20 * math.log10(2)


class App(Client):
    """An app on a tablet: what it shows, by address."""

    def __init__(self, port, at=0):
        super().__init__(port)
        if at:
            self.socket.close()
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind(("127.0.0.1", at))
        self.shows, self.errors, self.heard_of = {}, [], []

    def __exit__(self, *_):
        self.socket.close()

    def look(self, seconds, until=lambda: False):
        """Takes in what comes within so many seconds, or until something is so."""
        end = time.monotonic() + seconds
        while not until() and time.monotonic() < end:
            for _, address, _, values in self.hear(0.02):
                self.heard_of.append(address)
                if address == "/kedge/error":
                    self.errors.append(values[0])
                elif values:
                    self.shows[address] = values[0]
        return until()

    def moves(self, address, to):
        self.shows[address] = to
        self.send(address, "f", to)

    def sees(self, address, value, within=1e-3, seconds=5.0):
        return self.look(seconds, lambda: abs(self.shows.get(address, math.nan) - value) <= within)


class Daw(Client):
    """A client of the DAW's own beside kedge."""

    def __init__(self, port):
        super().__init__(port)
        self.stands_at = {}
        self.greet(FEEDBACK)
        self.send("/strip/list")

    def holds(self, address, value, within=0.02, seconds=5.0):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for _, told, _, values in self.hear(0.02):
                if values:
                    self.stands_at[told] = values[-1]
            if abs(self.stands_at.get(address, math.nan) - value) <= within:
                return True
        return False


def end(process):
    process.send_signal(signal.SIGINT)
    try:
        return process.communicate(timeout=10)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]


def two_apps(check, daw, one, other):
    check.begin("two apps")
    for app in (one, other):
        app.send("/kedge/hello")
        check(app.look(5, lambda app=app: "/kedge/strip/8/fader/db" in app.shows), "hello tells where faders stand")
        check(app.shows.get("/kedge/strips") == STRIPS, "hello tells how many strips there are")
        check(app.look(2, lambda app=app: bool(app.shows.get("/kedge/strip/8/name"))), "hello tells names")
    other.send("/kedge/bank/right")
    check(other.sees("/kedge/first", STRIPS - 7), "the bank of one")
    check(one.shows["/kedge/first"] == 1, "is not the other's")
    other.send("/kedge/bank/left")
    check(other.sees("/kedge/first", 1), "and back")
    one.look(1)
    one.heard_of.clear()
    for i in range(50):
        one.moves("/kedge/strip/2/fader", 0.3 + i * 0.01)
        one.look(0.01)
    check("/kedge/strip/2/fader" not in one.heard_of, "who moves hears no echo")
    check(daw.holds("/strip/gain/2", level(0.79)), "the DAW holds what the hand did")
    check(other.sees("/kedge/strip/2/fader", 0.79), "the other app shows it")
    check(one.look(3, lambda: "/kedge/strip/2/fader" in one.heard_of), "at rest the first is told as well")
    check(abs(one.shows["/kedge/strip/2/fader"] - 0.79) < 1e-3, "where it stands")
    daw.send("/strip/gain/3", "f", -20.0)
    for app in (one, other):
        check(app.sees("/kedge/strip/3/fader/db", -20, 0.02), "a move in the DAW is shown by both")
    other.moves("/kedge/strip/4/mute", 1.0)
    check(daw.holds("/strip/mute/4", 1), "a mute")
    check(one.sees("/kedge/strip/4/mute", 1), "is shown by the other")
    check(not one.errors and not other.errors, f"no errors: {one.errors} {other.errors}")


def one_vanishes(check, kedge_port, daw, one):
    check.begin("an app that vanishes")
    with App(kedge_port) as gone:
        port = gone.socket.getsockname()[1]
        gone.send("/kedge/hello")
        check(gone.look(5, lambda: "/kedge/strip/8/fader" in gone.shows), "it was there")
    for i in range(20):  # what it would be told is refused by its machine
        daw.send("/strip/gain/1", "f", -float(i))
        one.look(0.05)
    check(one.sees("/kedge/strip/1/fader/db", -19, 0.02), "the others are told as ever")
    with App(kedge_port, at=port) as back:
        daw.send("/strip/gain/1", "f", -33.0)
        check(back.sees("/kedge/strip/1/fader/db", -33, 0.02), "back at its port it is told what changes, without a word")
        back.send("/kedge/bye")


def wrong_ones(check, daw, one):
    check.begin("wrong messages")
    for message, says in [(encode("/kedge/nonsense"), "/kedge/hello"), (encode("/kedge/strip/99/fader", "f", 0.5), "1 to 64"),
                          (encode("/kedge/strip/9/fader", "f", 0.5), "/kedge/places"),
                          (encode("/kedge/strip/1/fader", "f", math.nan), "from 0 to 1"),
                          (encode("/kedge/strip/1/fader", "s", "loud"), "from 0 to 1"), (b"rubbish", "OSC 1.0")]:
        one.errors.clear()
        one.socket.sendto(message, one.to)
        check(one.look(3, lambda: bool(one.errors)) and says in one.errors[0], f"answered by what to do: {one.errors}")
    one.moves("/kedge/strip/5/fader", 0.5)
    check(daw.holds("/strip/gain/5", level(0.5)), "and nothing is lost by them")
    one.errors.clear()


def flood(check, daw, one, other):
    check.begin("ten thousand messages")
    for i in range(10_000):
        one.send(f"/kedge/strip/{1 + i % 8}/fader", "f", i / 10_000)
        if i % 250 == 249:
            time.sleep(0.005)
    for i in range(8):
        one.moves(f"/kedge/strip/{1 + i}/fader", 0.6 + i * 0.01)
    for i in range(8):
        check(daw.holds(f"/strip/gain/{1 + i}", level(0.6 + i * 0.01)), f"strip {1 + i} stands where the last one said")
        check(other.sees(f"/kedge/strip/{1 + i}/fader", 0.6 + i * 0.01), "and is shown so")
        check(one.sees(f"/kedge/strip/{1 + i}/fader", 0.6 + i * 0.01), "by both")
    one.send("/kedge/ping")
    check(one.sees("/kedge/pong", 1), "kedge answers")


def main():
    kedge = sys.argv[2]
    check = Checks("--verbose" in sys.argv)
    folder = tempfile.mkdtemp(prefix="kedge-tablets-")
    env = dict(os.environ, XDG_CONFIG_HOME=f"{folder}/config", XDG_STATE_HOME=f"{folder}/state", XDG_RUNTIME_DIR=folder)
    daw_port, osc_port = free_port(), free_port()
    sim = subprocess.Popen([kedge, "sim", "--strips", str(STRIPS), "--port", str(daw_port)], env=env, stdout=subprocess.PIPE, text=True,
                           preexec_fn=die_with_parent)
    sim.stdout.readline()
    control = subprocess.Popen([kedge, "--surface", "sim", "--at", f"127.0.0.1:{daw_port}", "--json", "control", "--osc",
                                f"127.0.0.1:{osc_port}"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               preexec_fn=die_with_parent)
    try:
        said = ""
        while "are heard at" not in said:
            line = control.stderr.readline()
            assert line, "kedge control ended: " + said
            said += line
        with Daw(daw_port) as daw, App(osc_port) as one, App(osc_port) as other:
            two_apps(check, daw, one, other)
            one_vanishes(check, osc_port, daw, one)
            wrong_ones(check, daw, one)
            flood(check, daw, one, other)
            counted = json.loads(end(control))["tablets"]
            check.begin("what was counted", f": {counted}")
            check(counted["messages_in"] > 9_000, "messages")
            check(counted["wrong"] == 6, "wrong ones")
            check(counted["dropped_out"] == 0, "nothing was dropped on the way out")
            check(counted["listening"] == 2, "two were listening")
    finally:
        for process in (control, sim):
            if process.poll() is None:
                end(process)
        shutil.rmtree(folder)
    check.exit()


main()
