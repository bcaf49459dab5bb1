"""Passes through the daemon, which a client of its own listens to: who carried them out shows in what it is told."""
import json
import os
import signal
import socket
import subprocess
import time

from ardour_lab import die_with_parent


class Listener:
    """A client of the daemon's socket that is told of passes."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(10)
        self.socket.connect(path)
        self.lines = self.socket.makefile("r")
        self.call("daemon.subscribe", {"topics": "pass"})

    def call(self, method, params):
        self.socket.sendall(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode() + b"\n")
        while (line := json.loads(self.lines.readline())).get("id") != 1:
            pass
        return line

    def told(self, state):
        """The next pass that came to this state; nothing, when none does within 10 s."""
        try:
            while text := self.lines.readline():
                line = json.loads(text)
                if line.get("method") == "pass" and line["params"]["state"] == state:
                    return line["params"]
        except OSError:
            pass
        return {}


def begun(bench, path):
    daemon = subprocess.Popen([bench.kedge, "daemon", "--surface", bench.daw.surface, "--at", f"127.0.0.1:{bench.daw.port}"], env=bench.env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              preexec_fn=die_with_parent)
    end = time.monotonic() + 10
    while not os.path.exists(path) and time.monotonic() < end and daemon.poll() is None:
        time.sleep(0.02)
    return daemon


def check_daemon(bench, chance):
    path = bench.env["XDG_RUNTIME_DIR"] + "/kedge/daemon.sock"
    alone = [s["strip"] for s in bench.does("--no-daemon", "strips")["strips"]]
    daemon = begun(bench, path)
    try:
        if bench.check(os.path.exists(path), "the daemon listens"):
            through_it(bench, Listener(path), alone)
        daemon.send_signal(signal.SIGTERM)
        bench.check(daemon.wait(15) == 0, f"SIGTERM ends it: exit {daemon.returncode}")
        bench.check(not os.path.exists(path), "and its socket is gone")
    finally:
        daemon.kill()
        daemon.wait()
    bench.does("cancel", code=1)
    bench.check([s["strip"] for s in bench.does("strips")["strips"]] == alone, "without it, strips are listed as before")


def through_it(bench, listener, alone):
    bench.check([s["strip"] for s in bench.does("strips")["strips"]] == alone, f"its {len(alone)} strips")
    for words, kind, state, where in ((("reapply", bench.mix), "reapply", bench.mixed, "as after the mix"),
                                      (("revert",), "revert", bench.before, "as before")):
        done = bench.does(*words)["pass"]["id"]
        told = listener.told("applied")
        bench.check(told and (told["id"], told["kind"], told["confirmed"]) == (done, kind, told["moves"]),
                    f"the daemon tells of pass {done}, its own: {told}")
        bench.saved_is(state, f"through the daemon, {where}")
