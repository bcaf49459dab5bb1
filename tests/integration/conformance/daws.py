"""The DAWs that the suite runs on, behind one face: port, env (of kedge there), session_name, song_samples, save(), fader_lines(),
quit(), restart(), keep(), restart_as_kept(), forget(), is_lost(), keeps_time, pauses(), robust_peaks, peak_between(), client,
beside_kedge(). What one of them has not is said in its class (has_…): checks of it are left out, and not counted."""
import array
import glob
import json
import math
import os
import shutil
import subprocess
import time
import wave

import ardour_lab
import ardour_session
from client_of_reaper import SAVE, ClientBesideKedge, ClientOfReaper
from machine_pauses import MachinePauses
from osc_client import Client, free_port, send_once
from phrases import widen

VOICE = "Lead Vox"
PATTERNS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../profiles/daws/kedge.ReaperOSC")
HAND = "TRACK_VOLUME i/hand/@/volume/db"  # a person in front of REAPER: a value that comes by an address of kedge's is not told to it


class Samples:
    """A stem's levels, from its samples (the upper 16 of 24 bits are exact enough for half a decibel)."""

    def __init__(self, path):
        with wave.open(path) as f:
            self.rate, self.channels, self.frames = f.getframerate(), f.getnchannels(), f.getnframes()
            raw = f.readframes(self.frames)
        upper = bytearray(len(raw) // 3 * 2)
        upper[0::2], upper[1::2] = raw[1::3], raw[2::3]
        self.samples = array.array("h", bytes(upper))

    def peak(self, from_s, to_s):
        part = self.samples[int(from_s * self.rate) * self.channels:int(to_s * self.rate) * self.channels]
        loudest = max(max(part), -min(part)) if part else 0
        return 20 * math.log10(loudest / 32768) if loudest > 3 else -math.inf

    def robust_peak(self):
        """The 95th percentile of the peaks of active one-second windows, dBFS."""
        levels = [self.peak(s, s + 1) for s in range(self.frames // self.rate)]
        loudest = max(levels)
        levels = sorted(l for l in levels if l >= max(loudest - 40, -50))
        if not levels:
            return -math.inf
        rank = 0.95 * (len(levels) - 1)
        low = int(rank)
        return levels[low] + (rank - low) * (levels[min(low + 1, len(levels) - 1)] - levels[low])


class Song:
    """The built-in song, its levels scrambled, as WAV stems in a folder. With `reach` (dB) its lead vocal sings the same phrases
    so far from their middle against the backing: in the song itself it is 5.4 dB."""

    def __init__(self, kedge, folder, seed, reach=None):
        self.stems = folder + "/stems"
        subprocess.run([kedge, "sim", "--render", self.stems, "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
        files = sorted(f for f in os.listdir(self.stems) if f.endswith(".wav"))
        self.tracks = [f[3:-4] for f in files]
        self.samples = {f[3:-4]: Samples(os.path.join(self.stems, f)) for f in files}
        if reach is not None:
            widen(self, VOICE, reach, os.path.join(self.stems, next(f for f in files if f[3:-4] == VOICE)))
        self.robust_peaks = {name: s.robust_peak() for name, s in self.samples.items()}
        self.song_samples = max(s.frames for s in self.samples.values())

    def peak_between(self, name, from_s, to_s):
        return self.samples[name].peak(from_s, to_s)


def environment_of_kedge(folder, config):
    return dict(os.environ, XDG_STATE_HOME=folder + "/state", XDG_CONFIG_HOME=config, XDG_RUNTIME_DIR=folder + "/run")


class OnSong:
    stop_goes_back = False  # to where the song began to play
    tells_loop = False  # whether a loop is on, and where
    loops_from_behind = True  # a loop that ended before the playhead begins at once

    def __init__(self, song):
        self.song_samples, self.robust_peaks, self.peak_between = song.song_samples, song.robust_peaks, song.peak_between

    def beside_kedge(self):
        """A client that is told what kedge is told; kedge goes to its `port`."""
        return self.client(self.port)

    def forget(self):
        """kedge has no tape and no journal any more."""
        shutil.rmtree(self.env["XDG_STATE_HOME"], ignore_errors=True)


class RealArdour(OnSong):
    """A real Ardour without its window; three tries to start it, no second try for anything else."""
    session_name = "song"
    surface = "ardour"
    has_tempo = has_speed = has_loop = True
    has_trims = mix_pans = True
    manual_plays = False  # whether a fader's automation plays in manual mode, too
    level_slack_db = 0.5  # of a strip's level after the mix
    keeps_time = "its audio engine"
    pass_takes_s = 0.004
    client = Client
    has_companion = False  # without its window Ardour has no editor actions
    kind = ardour_lab.Ardour

    def __init__(self, kedge, song, folder):
        super().__init__(song)
        self.kedge = kedge
        home = folder + "/home"
        self.env = environment_of_kedge(folder, home + "/.config")
        session = ardour_session.make_session(song.stems, folder + "/" + self.session_name, home)
        self.ardour = self.kind(session, folder, home)

    def __enter__(self):
        self.ardour.__enter__()
        self.port = self.ardour.port
        return self

    def __exit__(self, *_):
        self.ardour.stop()

    def save(self):
        return self.ardour.save()

    def fader_lines(self):
        """Mode and points (seconds, dB) of every fader, as saved last."""
        return ardour_session.read_fader_lines(self.ardour.session_file)

    def quit(self):
        """It is gone at once, and nothing is saved."""
        self.ardour.kill()

    def restart(self):
        """Ended and started again with the session as it was saved last; perhaps at another port."""
        self.ardour.stop()
        self.__enter__()

    def keep(self):
        """What was saved last can be had again by `restart_as_kept`."""
        shutil.copy(self.ardour.session_file, self.ardour.session_file + ".kept")

    def restart_as_kept(self):
        self.ardour.stop()
        shutil.copy(self.ardour.session_file + ".kept", self.ardour.session_file)
        self.__enter__()

    def is_lost(self):
        """Why it is, if it is: dead, or silent for everybody."""
        return self.ardour.is_lost()

    def pauses(self):
        """For how many seconds its audio engine stood still, each time since it was started."""
        return self.ardour.pauses()

    def change_tempo(self):
        """It is started again with a session that plays slower from the fifth bar on."""
        self.ardour.stop()
        ardour_session.change_tempo(self.ardour.session_file)
        self.__enter__()


class ArdourWithWindow(RealArdour):
    """A real Ardour with its window, and kedge's companion script in it."""
    has_companion = True
    kind = ardour_lab.ArdourWithWindow

    def __init__(self, kedge, song, folder):
        super().__init__(kedge, song, folder)
        subprocess.run([kedge, "doctor", "--install-companion", "--at", f"127.0.0.1:{free_port()}"], env=self.env, check=True,
                       stdout=subprocess.DEVNULL)


class ArdourBehindSurface(RealArdour):
    """A real Ardour with its window, and kedge its Mackie Control."""
    surface = "mackie"
    kind = ardour_lab.ArdourWithSurface

    def kedge_words(self):
        return ["--surface", "mackie", "--daw", "ardour", "--midi", ardour_lab.ArdourWithSurface.PORTS]

    def kedge_env(self):
        return dict(self.env, **{key: self.ardour.env[key] for key in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER")})


class Simulated(OnSong):
    """`kedge sim` on a UDP port of its own."""
    surface = "sim"
    has_trims = mix_pans = True
    manual_plays = False  # whether a fader's automation plays in manual mode, too
    level_slack_db = 0.5  # of a strip's level after the mix
    keeps_time = "the machine that it runs on"
    pass_takes_s = 0.004
    client = Client
    has_companion = True
    has_tempo = has_speed = has_loop = False
    speaks = ()
    save_message = ("/save_state",)

    def __init__(self, kedge, song, folder):
        super().__init__(song)
        self.session_name = os.path.basename(song.stems)
        self.kedge, self.stems, self.saved = kedge, song.stems, folder + "/saved.json"
        self.env = environment_of_kedge(folder, folder + "/config")
        self.machine = MachinePauses()

    def __enter__(self):
        return self.start()

    def start(self, *more):
        self.port = free_port()
        self.process = subprocess.Popen([self.kedge, "sim", "--stems", self.stems, "--port", str(self.port), "--save-to",
                                         self.saved, *self.speaks, *more], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
                                        env=self.env, preexec_fn=ardour_lab.die_with_parent)
        self.process.stdout.readline()
        return self

    def quit(self):
        """It is gone at once, and nothing is saved."""
        self.process.kill()
        self.process.wait()

    def restart(self):
        """Ended and started again with the session as it was saved last; perhaps at another port."""
        self.__exit__()
        self.start("--open", self.saved)

    def keep(self):
        """What was saved last can be had again by `restart_as_kept`."""
        shutil.copy(self.saved, self.saved + ".kept")

    def restart_as_kept(self):
        self.__exit__()
        shutil.copy(self.saved + ".kept", self.saved)
        self.start("--open", self.saved)

    def is_lost(self):
        return None

    def pauses(self):
        """For how many seconds the machine stood still, each time."""
        return self.machine.seen

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(8)

    def save(self):
        if os.path.exists(self.saved):
            os.remove(self.saved)
        send_once(self.port, *self.save_message)
        end = time.monotonic() + 10
        while not os.path.exists(self.saved):
            if time.monotonic() > end:
                raise SystemExit("the simulator did not save within 10 s")
            time.sleep(0.05)
        strips = self.saved_strips()
        return {s["strip"]: {"trim": s["trim_db"], "fader": -math.inf if s["fader_db"] is None else s["fader_db"],
                             "pan": s["pan"], "mute": s["mute"]} for s in strips}

    def saved_strips(self):
        with open(self.saved) as f:
            return json.load(f)["strips"]

    def fader_lines(self):
        """Mode and points (seconds, dB) of every fader, as saved last."""
        return {s["strip"]: {"mode": s["fader_mode"], "points": [(at / 48000, level) for at, level in s["fader_points"]]}
                for s in self.saved_strips()}


class SimulatedReaper(Simulated):
    """`kedge sim --dialect reaper` with kedge's pattern file, without its companion script."""
    surface = "reaper"
    has_trims = False  # REAPER's OSC has no trim
    mix_pans = False  # nor does it tell mono tracks, which alone a mix pans, from others
    manual_plays = True
    level_slack_db = 1.25  # between two readings its meters fall by 8 dB: single hits are known to a decibel
    pass_takes_s = 0.1  # REAPER's main loop turns every 33 ms
    client = ClientOfReaper
    has_companion = False
    has_loop = tells_loop = stop_goes_back = True
    loops_from_behind = False
    save_message = ("/action", "i", SAVE)

    def __init__(self, kedge, song, folder):
        super().__init__(kedge, song, folder)
        self.session_name = "REAPER"  # it does not tell the project's name
        patterns = folder + "/with_a_hand.ReaperOSC"
        with open(PATTERNS) as kedges, open(patterns, "w") as file:
            file.write(kedges.read() + "\n" + HAND + "\n")
        self.speaks = ("--dialect", "reaper", "--pattern", patterns) + (() if self.has_companion else ("--no-companion",))

    def beside_kedge(self):
        client = ClientBesideKedge(self.port)
        # The script is there for whoever comes to this port, too.
        for mark in glob.glob(self.env["XDG_STATE_HOME"] + f"/**/simulator-{self.port}", recursive=True):
            shutil.copy(mark, os.path.join(os.path.dirname(mark), f"simulator-{client.port}"))
        return client

    def save(self):
        return {strip: {control: value for control, value in values.items() if control != "trim"}
                for strip, values in super().save().items()}


class SimulatedReaperWithScript(SimulatedReaper):
    """The same, with kedge's companion script in it."""
    has_companion = True


DAWS = {"ardour": RealArdour, "ardour-with-window": ArdourWithWindow, "simulator": Simulated, "reaper": SimulatedReaper,
        "reaper-with-script": SimulatedReaperWithScript}
