"""Controllers as processes on JACK MIDI: what hands do on them, and what they were told."""
import subprocess
import threading
import time

from ardour_lab import die_with_parent


class Device:
    """A process with the ports of a controller: its hands, and what its motors and lights were told."""

    def __init__(self, program, profile, client, env):
        self.process = subprocess.Popen([program, profile, client], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        preexec_fn=die_with_parent)
        self.told = []
        self.stands = {}
        assert self.process.stdout.readline().strip() == "ready"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            what, _, value = line.strip().partition(" = ")
            self.told.append((time.monotonic(), what, value))
            self.stands[what] = int(value or 0)

    def does(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


def wait_for(true, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
