"""Ardour 7's session file: made from WAV stems, and read as it was saved. Only the standard library and Debian's `ardour`."""
import math
import os
import subprocess
import wave
import xml.etree.ElementTree as ET

SUPERCLOCK = 282240000  # ticks a second in Ardour 7's session files
LIB = "/usr/lib/ardour7"
MODES = {"Off": "Manual", "Play": "Play", "Write": "Write", "Touch": "Touch", "Latch": "Latch"}


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


def answer_beforehand(path):
    """What Ardour's window would ask before it opens the session: whether it may use another audio engine than the one that the
    session was made with, and whether to take what was written before a crash."""
    tree = ET.parse(path)
    for hints in tree.getroot().findall("EngineHints"):
        tree.getroot().remove(hints)
    tree.write(path, encoding="UTF-8", xml_declaration=True)
    pending = os.path.splitext(path)[0] + ".pending"
    if os.path.exists(pending):
        os.remove(pending)


def set_surface(path, settings):
    """A session remembers its control surfaces, and its word beats the preferences."""
    tree = ET.parse(path)
    for protocol in tree.getroot().iter("Protocol"):
        if protocol.get("name") == settings["name"]:
            protocol.attrib.update(settings)
    tree.write(path, encoding="UTF-8", xml_declaration=True)


def change_tempo(path):
    """From the fifth bar on, at 8 s, a session of 120 beats a minute plays 90."""
    tree = ET.parse(path)
    tempos = tree.getroot().find("TempoMap/Tempos")
    ET.SubElement(tempos, "Tempo", dict(tempos[0].attrib, npm="90", enpm="90", sclock=str(8 * SUPERCLOCK), quarters="16:0", bbt="5|1|0"))
    tree.write(path, encoding="UTF-8", xml_declaration=True)


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


def read_fader_lines(path):
    """Track name -> mode and points (seconds, dB) of its fader's automation, from a saved session file."""
    lines = {}
    for route in ET.parse(path).getroot().find("Routes"):
        for processor in route.findall("Processor"):
            found = processor.find("Automation/AutomationList[@automation-id='gain']")
            if processor.get("type") == "amp" and found is not None:
                lines[route.get("name")] = {"mode": MODES[found.get("state")], "points": points_of(found)}
    return lines


def points_of(automation_list):
    words = (automation_list.findtext("events") or "").split()
    return [(time_of(at), decibels(float(gain))) for at, gain in zip(words[::2], words[1::2])]


def time_of(words):
    """Seconds, of ticks of the clock that automation of audio is kept in."""
    if not words.startswith("a"):
        raise SystemExit(f"a point of a fader's automation is kept at '{words}', which is no time of audio")
    return int(words[1:]) / SUPERCLOCK
