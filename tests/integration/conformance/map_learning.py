"""`kedge map learn` and `kedge map test` with a simulated controller on JACK: a profile is made of moves and typed targets, and explains the device."""
import json
import os
import signal
import subprocess
import threading

from ardour_lab import die_with_parent
from simulated_devices import Device, wait_for


class Talk:
    """kedge with what it says, line by line, while it runs."""

    def __init__(self, words, env):
        self.process = subprocess.Popen(words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        preexec_fn=die_with_parent)
        self.said = []
        self.readers = [threading.Thread(target=lambda stream=stream: [self.said.append(line.strip()) for line in stream], daemon=True)
                        for stream in (self.process.stdout, self.process.stderr)]
        for reader in self.readers:
            reader.start()

    def hears(self, words, seconds=10):
        """Whether it said so, since the last time it was asked."""
        if not wait_for(lambda: any(words in line for line in self.said), seconds):
            return False
        self.said.clear()
        return True

    def type(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ends(self):
        code = self.process.wait(20)
        for reader in self.readers:
            reader.join(5)
        return code


def learn(check, kedge, device, env, file):
    talk = Talk([kedge, "map", "learn", "Mystery", file], env)
    check(talk.hears("Plugged in"), f"map learn: plugged in {talk.said}")
    talk.type("strip 1 fader")
    check(talk.hears("No control was moved yet"), f"a target without a move is refused {talk.said}")
    for number in (1, 2):
        for at in (3000, 3500, 4000, 4700):
            device.does(f"move fader {number} = {at}")
        check(talk.hears(f"fader or pot (cc {number - 1} ch 1)"), f"fader {number} is recognised {talk.said}")
        talk.type(f"slider {number} = strip {number} fader")
        check(talk.hears(f"'slider {number}' is the hand for strip {number} fader"), f"and named {talk.said}")
    device.does("press mute 1")
    check(talk.hears("button"), f"a button is recognised {talk.said}")
    talk.type("strip 1 fade")
    check(talk.hears("one of 'fader'"), f"a wrong target is refused, with the right ones {talk.said}")
    talk.type("strip 1 mute")
    check(talk.hears("is the hand for strip 1 mute"), f"and named {talk.said}")
    for at in (3000, 3500, 4000):
        device.does(f"move fader 1 = {at}")
    check(talk.hears("'slider 1' uses already"), f"a conflict is shown {talk.said}")
    talk.type("skip")
    check(talk.hears("forgotten"), f"and dropped {talk.said}")
    talk.type("end")
    check(talk.ends() == 0, f"map learn: exit {talk.process.returncode} {talk.said}")
    check(any("3 learned" in line for line in talk.said), f"what was learned is told: {talk.said}")


def tried(check, kedge, device, env, file):
    talk = Talk([kedge, "map", "test", f"{file}@Mystery"], env)
    check(talk.hears("Plugged in"), f"map test: plugged in {talk.said}")
    device.does("press mute 2")
    check(talk.hears("no control of the profile says so"), f"what was not learned is said {talk.said}")
    for line in ("move fader 1 = 9000", "move fader 2 = 100", "press mute 1"):
        device.does(line)
    check(talk.ends() == 0, f"map test ends when all was heard: exit {talk.process.returncode}")
    check(any("3 of 3 controls" in line for line in talk.said), f"and says so: {talk.said}")


def check_learning(check, kedge, program, env, folder):
    device = Device(program, "korg-nanokontrol2", "Mystery", env)
    file = os.path.join(folder, "mystery.toml")
    learn(check, kedge, device, env, file)
    again = subprocess.run([kedge, "map", "learn", "Mystery", file], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    check(again.returncode == 2 and "--overwrite" in again.stderr, f"a file that is there is kept: {again.returncode} {again.stderr.strip()}")
    tried(check, kedge, device, env, file)
    # Ctrl-C: what was not heard by then is named.
    talk = Talk([kedge, "--json", "map", "test", f"{file}@Mystery"], env)
    check(talk.hears("Plugged in"), f"map test again {talk.said}")
    talk.process.send_signal(signal.SIGINT)
    check(talk.ends() == 0, f"Ctrl-C: exit {talk.process.returncode}")
    document = json.loads("".join(line for line in talk.said if not line.startswith("Plugged")))
    check(document["missing"] == ["slider 1", "slider 2", "button 1"], f"nothing was heard: {document}")
    device.end()
