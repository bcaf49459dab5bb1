"""A real Ardour 7 without screen or sound card, for a test: headless, or with its window on a screen in memory.

Only the standard library; Debian's `ardour` and `jackd2`, and `xvfb` for the window. Everything lives in a folder of the caller's.
"""
import ctypes
import os
import re
import select
import signal
import socket
import subprocess
import time

from ardour_session import LIB, answer_beforehand, environment, read_saved, set_surface
from osc_client import Client, encode, free_port, send_once


class Stalled(Exception):
    """The DAW did not come up: worth another try. Nothing else is."""


def program(begins):
    """Debian names them with their version."""
    return next(LIB + "/" + f for f in sorted(os.listdir(LIB)) if f.startswith(begins))


def end(process, seconds):
    """Whether it ended when it was told to, and had not to be killed."""
    process.terminate()
    try:
        process.wait(seconds)
        return process.returncode != -signal.SIGKILL
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def servers_of_the_dead():
    """Names of JACK servers that runs of this suite left behind when they were killed."""
    found = (re.fullmatch(r"jack_(kedge(\d+)x\d+)_\d+_0", f) for f in os.listdir("/dev/shm"))
    return [match[1] for match in found if match and not os.path.exists(f"/proc/{match[2]}")]


def die_with_parent():
    ctypes.CDLL("libc.so.6").prctl(1, signal.SIGKILL)


class Ardour:
    """jackd (dummy driver) and hardour on one session, ended with the `with` block."""

    def __init__(self, session_file, folder, home):
        self.session_file, self.folder, self.home = session_file, folder, home
        self.processes = []
        self.jackd = self.ardour = None
        self.starts = 0

    def __enter__(self):
        for attempt in range(3):
            try:
                return self.start()
            except Stalled as why:
                self.stop()
                print(f"try {attempt + 1}: {why}", flush=True)
        raise SystemExit("Ardour could not be started three times over")

    def __exit__(self, *_):
        self.stop()

    def launch(self, arguments, env, log, pass_fds=()):
        with open(os.path.join(self.folder, log), "a") as out:
            process = subprocess.Popen(arguments, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                       pass_fds=pass_fds, preexec_fn=die_with_parent)
        self.processes.append(process)
        return process

    def start(self):
        self.port = free_port()
        self.write_config()
        self.starts += 1
        self.env = dict(environment(self.home), JACK_NO_START_SERVER="1",
                        JACK_DEFAULT_SERVER=f"kedge{os.getpid()}x{self.starts}")  # a server's name is not free again at once
        for left_behind in servers_of_the_dead():
            self.free_place_of_jackd(left_behind)
        self.jackd = self.launch_jackd(self.env)
        time.sleep(2)
        self.ardour = self.launch_ardour(self.env)
        self.wait_until_it_rolls()
        return self

    def launch_jackd(self, env):
        return self.launch(["jackd", "-n", env["JACK_DEFAULT_SERVER"], "-r", "--no-mlock", "-S", "-t", "10000", "-d", "dummy",
                            "-r", "48000", "-p", "1024"], env, "jackd.log")

    def launch_ardour(self, env):
        session = os.path.dirname(self.session_file)
        return self.launch([program("hardour-7"), session, os.path.basename(session)], env, "ardour.log")

    def write_config(self):
        with open(self.home + "/.config/ardour7/config", "w") as f:
            f.write(f'''<?xml version="1.0" encoding="UTF-8"?>
<Ardour><Config><Option name="osc-port" value="{self.port}"/><Option name="try-autostart-engine" value="1"/>
<Option name="periodic-safety-backups" value="0"/></Config>
<ControlProtocols><Protocol name="Open Sound Control (OSC)" active="1"/>{self.more_surfaces()}</ControlProtocols>
<Extra><AudioMIDISetup><EngineStates><State backend="JACK" driver="" device="" input-device="" output-device=""
 sample-rate="48000" buffer-size="1024" n-periods="0" input-latency="0" output-latency="0" lm-input="" lm-output=""
 active="1" use-buffered-io="0" midi-option="" lru="1700000000"><MIDIDevices/></State></EngineStates></AudioMIDISetup>
</Extra></Ardour>''')

    def more_surfaces(self):
        """Beside OSC, as the preferences have them."""
        return ""

    def send(self, *message):
        send_once(self.port, *message)

    def wait_until_it_rolls(self):
        """A stalled JACK shows in a position that stands still: then this start is given up."""
        end = time.time() + 45
        seen = set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind(("127.0.0.1", 0))
            s.settimeout(1.0)
            while time.time() < end and len(seen) < 5:
                for message in (encode("/set_surface", "iiiiiii", 0, 63, 16 + 1024 + 8, 0, 0, 0, 0),
                                encode("/transport_play")):
                    s.sendto(message, ("127.0.0.1", self.port))
                until = time.time() + 2
                while time.time() < until and len(seen) < 5:
                    try:
                        data = s.recv(65536)
                    except (socket.timeout, ConnectionRefusedError):
                        break
                    if data.startswith(b"/position/samples"):
                        seen.add(data)
            s.sendto(encode("/set_surface", "iiiiiii", 0, 63, 0, 0, 0, 0, 0), ("127.0.0.1", self.port))
        if len(seen) < 5:
            raise Stalled("the transport does not move")
        self.stand_at_the_start()

    def stand_at_the_start(self):
        """A command that comes while the transport still starts or stops is lost: each is sent until it is seen to be done."""
        with Client(self.port) as client:
            for command, question, done in (("/transport_stop", "/transport_speed", 0.0), ("/goto_start", "/transport_frame", 0)):
                for _ in range(10):
                    client.send(command)
                    time.sleep(0.7)
                    answer = client.ask(question)
                    if answer and answer[2] == [done]:
                        break
                else:
                    raise Stalled(f"{command} is not obeyed")

    def save(self):
        # Ardour writes beside the file and renames.
        before = os.stat(self.session_file).st_ino
        for _ in range(6):  # a busy Ardour takes its time, and now and then does nothing
            self.send("/save_state")
            end = time.time() + 8
            while os.stat(self.session_file).st_ino == before and time.time() < end:
                time.sleep(0.05)
            if os.stat(self.session_file).st_ino != before:
                break
        else:
            raise SystemExit("Ardour did not save its session within 48 s")
        return read_saved(self.session_file)

    def is_lost(self):
        """Whether Ardour itself is gone: its process is dead, or a plain question has no answer for ten seconds."""
        if self.ardour.poll() is not None:
            return f"its process ended with {self.ardour.returncode}"
        with Client(self.port) as client:
            if any(client.ask("/transport_frame", seconds=1) for _ in range(10)):
                return None
        return "it runs, and answered none of ten questions in ten seconds"

    def pauses(self):
        """Seconds, by jackd's own record: each time that a cycle came so much too late."""
        with open(os.path.join(self.folder, "jackd.log")) as log:
            return [int(late) / 1e6 for late in re.findall(r"XRun = (\d+) usec", log.read())]

    def kill(self):
        """Nothing is saved, nothing is said."""
        self.ardour.kill()
        self.ardour.wait()

    def stop(self):
        # jackd first: one whose client was killed waits for it without end.
        ended = self.jackd is None or end(self.jackd, 3)
        for process in reversed(self.processes):
            end(process, 8)
        self.processes = []
        if not ended:
            self.free_place_of_jackd(self.env["JACK_DEFAULT_SERVER"])
        self.jackd = self.ardour = None

    def free_place_of_jackd(self, server):
        """A machine has places for eight of them. A killed one keeps its own until another of its name takes that, and ends."""
        again = self.launch_jackd(dict(self.env, JACK_DEFAULT_SERVER=server))
        time.sleep(2)
        end(again, 3)
        self.processes.remove(again)


class ArdourWithWindow(Ardour):
    """The same with Ardour's window, on a screen in memory."""

    def launch_ardour(self, env):
        answer_beforehand(self.session_file)
        env = dict(env, DISPLAY=self.launch_screen(env), GTK_PATH="/etc/ardour7:" + LIB, ARDOUR_TRY_AUTOSTART_ENGINE="1")
        return self.launch([program("ardour-7"), "-n", "-a", self.session_file], env, "ardour.log")

    def launch_screen(self, env):
        """Xvfb itself takes a display number that nobody has, and tells it once it is up."""
        told, tells = os.pipe()
        self.launch(["Xvfb", "-displayfd", str(tells), "-screen", "0", "1024x640x24", "-nolisten", "tcp"], env, "screen.log",
                    pass_fds=[tells])
        os.close(tells)
        with open(told) as line:
            number = line.readline().strip() if select.select([told], [], [], 15)[0] else ""
        if not number:
            raise Stalled("Xvfb does not come up")
        return ":" + number

    def stop(self):
        # Told to end, a window asks what to do with the session, and nobody is there to answer.
        if self.jackd:
            end(self.jackd, 3)
        if self.ardour:
            self.kill()
        super().stop()


class ArdourWithSurface(ArdourWithWindow):
    """The same with a Mackie Control, on ports of JACK's: without its window Ardour opens none."""
    PORTS = "ardour:mackie control"
    MACKIE = {"name": "Mackie", "active": "1", "bank": "0", "ipmidi-base": "0", "device-profile": "User", "device-name": "Mackie Control"}

    def more_surfaces(self):
        return "<Protocol " + " ".join(f'{key}="{value}"' for key, value in self.MACKIE.items()) + "/>"

    def launch_ardour(self, env):
        set_surface(self.session_file, self.MACKIE)
        return super().launch_ardour(env)
