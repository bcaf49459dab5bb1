"""A real Ardour 7 without screen or sound card, for a test: makes a session from WAV stems, runs it, reads what it saved.

Only the standard library; Debian's `ardour` and `jackd2`. Everything lives in a folder of the caller's.
"""
import ctypes
import math
import os
import signal
import socket
import subprocess
import time
import wave
import xml.etree.ElementTree as ET

from osc_client import Client, encode, free_port, send_once

SUPERCLOCK = 282240000  # ticks a second in Ardour 7's session files
LIB = "/usr/lib/ardour7"


class Stalled(Exception):
    """The DAW did not come up: worth another try. Nothing else is."""


def die_with_parent():
    ctypes.CDLL("libc.so.6").prctl(1, signal.SIGKILL)


def wav_shape(path):
    with wave.open(path) as f:
        return f.getnchannels(), f.getnframes(), f.getframerate()


def environment(home):
    return dict(os.environ, HOME=home, XDG_CONFIG_HOME=home + "/.config", LD_LIBRARY_PATH=LIB,
                ARDOUR_DATA_PATH="/usr/share/ardour7", ARDOUR_CONFIG_PATH="/etc/ardour7", ARDOUR_DLL_PATH=LIB)


def make_session(stems, folder, home):
    """One track for each WAV of `stems`, its region at 0; returns the session file."""
    name = os.path.basename(folder)
    os.makedirs(home + "/.config/ardour7", exist_ok=True)
    open(home + "/.config/ardour7/.a7", "w").close()
    files = sorted(f for f in os.listdir(stems) if f.endswith(".wav"))
    tracks = [(f, f[3:-4], *wav_shape(os.path.join(stems, f))) for f in files]
    script = folder + ".lua"
    with open(script, "w") as lua:
        lua.write('AudioEngine:set_backend ("None (Dummy)", "", "")\n')
        lua.write(f's = create_session ("{folder}", "{name}", {tracks[0][4]})\nassert (s)\n')
        for _, label, channels, _, _ in tracks:
            lua.write(f'for t in s:new_audio_track({channels}, 2, nil, 1, "{label}", '
                      "ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true):iter() do "
                      f't:set_name("{label}") end\n')
        lua.write('s:save_state("")\nclose_session()\n')
    subprocess.run(["ardour7-lua", script], check=True, env=environment(home), stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, timeout=120)
    path = os.path.join(folder, name + ".ardour")
    add_regions(path, stems, tracks, name)
    return path


def add_regions(path, stems, tracks, name):
    tree = ET.parse(path)
    root = tree.getroot()
    counter = [int(root.get("id-counter")) + 100]

    def new_id():
        counter[0] += 1
        return str(counter[0])

    # A session remembers its control surfaces, and its word beats the preferences.
    for protocol in root.iter("Protocol"):
        if protocol.get("name") == "Open Sound Control (OSC)":
            protocol.set("active", "1")
    audio = os.path.join(os.path.dirname(path), "interchange", name, "audiofiles")
    longest = 0
    for file, label, channels, frames, rate in tracks:
        length = f"a{frames * SUPERCLOCK // rate}"
        longest = max(longest, frames * SUPERCLOCK // rate)
        os.link(os.path.join(stems, file), os.path.join(audio, file))
        region = {"name": label, "muted": "0", "opaque": "1", "locked": "0", "automatic": "0", "whole-file": "0",
                  "start": "a0", "length": f"{length}@a0", "sync-position": "a0", "ancestral-start": "a0",
                  "ancestral-length": "a0@a0", "stretch": "1", "shift": "1", "layering-index": "0", "type": "audio",
                  "first-edit": "nothing", "layer": "0", "channels": str(channels), "scale-amplitude": "1",
                  "default-fade-in": "1", "default-fade-out": "1", "fade-in-active": "0", "fade-out-active": "0",
                  "envelope-active": "0", "id": new_id()}
        for channel in range(channels):
            source = new_id()
            ET.SubElement(root.find("Sources"), "Source",
                          {"name": file, "take-id": "", "type": "audio", "flags": "", "id": source, "gain": "1",
                           "channel": str(channel), "origin": ""})
            region[f"source-{channel}"] = region[f"master-source-{channel}"] = source
        playlist = next(p for p in root.find("Playlists") if p.get("name") == label)
        ET.SubElement(playlist, "Region", region)
    locations = root.find("Locations")
    for old in [l for l in locations if "IsSessionRange" in (l.get("flags") or "")]:
        locations.remove(old)
    ET.SubElement(locations, "Location",
                  {"id": new_id(), "name": "session", "start": "a0", "end": f"a{longest}", "flags": "IsSessionRange",
                   "locked": "0", "timestamp": "0", "position-time-domain": "AudioTime"})
    root.set("id-counter", str(counter[0] + 1))
    tree.write(path, encoding="UTF-8", xml_declaration=True)


class Ardour:
    """jackd (dummy driver) and hardour on one session, ended with the `with` block."""

    def __init__(self, session_file, folder, home):
        self.session_file, self.folder, self.home = session_file, folder, home
        self.processes = []
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

    def launch(self, arguments, env, log):
        out = open(os.path.join(self.folder, log), "w")
        process = subprocess.Popen(arguments, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                   preexec_fn=die_with_parent)
        self.processes.append(process)
        return process

    def start(self):
        self.port = free_port()
        self.write_config()
        self.starts += 1
        server = f"kedge{os.getpid()}x{self.starts}"  # a server's name is not free again at once
        env = dict(environment(self.home), JACK_DEFAULT_SERVER=server, JACK_NO_START_SERVER="1")
        self.launch(["jackd", "-n", server, "-r", "--no-mlock", "-S", "-t", "10000", "-d", "dummy", "-r", "48000",
                     "-p", "1024"], env, "jackd.log")
        time.sleep(2)
        hardour = next(LIB + "/" + f for f in sorted(os.listdir(LIB)) if f.startswith("hardour-7"))
        session = os.path.dirname(self.session_file)
        self.launch([hardour, session, os.path.basename(session)], env, "ardour.log")
        self.wait_until_it_rolls()
        return self

    def write_config(self):
        with open(self.home + "/.config/ardour7/config", "w") as f:
            f.write(f'''<?xml version="1.0" encoding="UTF-8"?>
<Ardour><Config><Option name="osc-port" value="{self.port}"/><Option name="try-autostart-engine" value="1"/></Config>
<ControlProtocols><Protocol name="Open Sound Control (OSC)" active="1"/></ControlProtocols>
<Extra><AudioMIDISetup><EngineStates><State backend="JACK" driver="" device="" input-device="" output-device=""
 sample-rate="48000" buffer-size="1024" n-periods="0" input-latency="0" output-latency="0" lm-input="" lm-output=""
 active="1" use-buffered-io="0" midi-option="" lru="1700000000"><MIDIDevices/></State></EngineStates></AudioMIDISetup>
</Extra></Ardour>''')

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

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []


def decibels(coefficient):
    return 20 * math.log10(coefficient) if coefficient > 0 else -math.inf


def read_saved(path):
    """Track name -> trim, fader (dB), pan (0 left .. 1 right) and mute, from a saved session file."""
    strips = {}
    for route in ET.parse(path).getroot().find("Routes"):
        values = {}
        for processor in route.findall("Processor"):
            for control in processor.findall("Controllable"):
                if control.get("name") in ("trimcontrol", "gaincontrol") and processor.get("type") in ("trim", "amp"):
                    values[processor.get("type")] = decibels(float(control.get("value")))
        for control in route.iter("Controllable"):
            if control.get("name") in ("pan-azimuth", "mute"):
                values.setdefault(control.get("name"), float(control.get("value")))
        strips[route.get("name")] = {"trim": values.get("trim", 0.0), "fader": values.get("amp", 0.0),
                                     "pan": values.get("pan-azimuth", 0.5), "mute": values.get("mute", 0.0)}
    return strips
