"""controllers_on_ardour.py ardour KEDGE SIMULATED_CONTROLLER: hardware controllers, simulated on JACK MIDI, drive a real Ardour through kedge.

One with motors and touch (a Mackie Control), one without (a nanoKONTROL2). Judged by the session file that Ardour saved: it holds what the
hands did, and no motor moved by its own echo.
"""
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ardour_lab import die_with_parent  # noqa: E402
from checks import Checks  # noqa: E402
from daws import RealArdour, Song  # noqa: E402
from map_learning import check_learning  # noqa: E402
from osc_client import send_once  # noqa: E402
from simulated_devices import Device, wait_for  # noqa: E402

TOP = 16383
WITHIN = 0.05  # dB, of a fader; its positions of ten bits lie 0.03 dB apart near 0 dB


def level(position):
    """At which a position stands, in dB, by the formula of Ardour's source."""
    return -math.inf if position <= 0 else ((position / TOP) ** 0.125 * 198 - 192) / 6 * 20 * math.log10(2)


def position(db):
    return round(((db / 20 / math.log10(2) * 6 + 192) / 198) ** 8 * TOP)


def control(daw, *devices):
    # A folder of settings as the user has it; Ardour's OSC port is the lab's.
    return subprocess.Popen([daw.kedge, "--at", f"127.0.0.1:{daw.port}", "control", *devices], env=daw.kedge_env(), stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=die_with_parent)


def check_motors(check, daw, song, box, dice):
    check(wait_for(lambda: all(f"motor fader {n}" in box.stands for n in range(1, 9)), 10), f"motors were sent where the strips stand: {len(box.stands)}")
    saved = daw.save()
    for number, name in enumerate(song.tracks[:8], 1):
        at = box.stands.get(f"motor fader {number}", -1)
        check(abs(at - position(saved[name]["fader"])) <= 17, f"{name}: motor at {at}, saved {saved[name]['fader']:.2f} dB")
    wanted = {}
    for number in dice.sample(range(1, 9), 5):
        before = len(box.told)
        box.does(f"touch fader {number} = 1")
        at = position(saved[song.tracks[number - 1]]["fader"])
        for _ in range(60):
            at = max(3000, min(TOP, at + dice.randint(-500, 500)))
            at -= at % 16
            box.does(f"move fader {number} = {at}")
            time.sleep(0.02)
        box.does(f"touch fader {number} = 0")
        wanted[number] = at
        time.sleep(1)
        own = {what for _, what, value in box.told[before:] if what.startswith("motor") and what != f"motor fader {number}"}
        check(not own, f"fader {number} by hand: other motors stayed: {own}")
        last = box.stands[f"motor fader {number}"]
        check(abs(last - at) <= 17, f"fader {number}: the hand left it at {at}, the motor was told {last}")
    rest = len(box.told)
    time.sleep(3)
    check(len(box.told) == rest, f"no motor moves by itself: {box.told[rest:]}")
    saved = daw.save()
    for number, at in wanted.items():
        name = song.tracks[number - 1]
        check(abs(saved[name]["fader"] - level(at)) <= WITHIN, f"{name}: the hand's {level(at):.2f} dB, saved {saved[name]['fader']:.2f}")


def check_others_hand(check, daw, box):
    """A second surface moves a fader: the motor follows."""
    send_once(daw.port, "/strip/gain", "if", 3, -17.0)
    moved = wait_for(lambda: abs(box.stands["motor fader 3"] - position(-17.0)) <= 17, 3)
    check(moved, f"somebody else's -17 dB: the motor went to {box.stands['motor fader 3']}, wanted {position(-17.0)}")


def check_pickup(check, daw, song, nano, dice):
    before = daw.save()
    name = song.tracks[4]
    stands = position(before[name]["fader"])
    for at in (0, stands // 2):
        nano.does(f"move fader 5 = {at}")
    time.sleep(0.5)
    check(abs(daw.save()[name]["fader"] - before[name]["fader"]) < 1e-4, f"{name}: not picked up, not moved")
    for at in range(stands // 2, TOP, 300):
        nano.does(f"move fader 5 = {at}")
        time.sleep(0.01)
    last = 100 * 129  # a place of seven bits
    nano.does(f"move fader 5 = {last}")
    time.sleep(2)
    saved = daw.save()[name]["fader"]
    check(abs(saved - level(100 * TOP / 127)) <= WITHIN, f"{name}: picked up and put to {level(100 * TOP / 127):.2f} dB, saved {saved:.2f}")
    nano.does("press mute 6")
    check(wait_for(lambda: nano.stands.get("light mute 6") == 1, 3), "mute 6 is lit once Ardour has it")
    check(daw.save()[song.tracks[5]]["mute"] == 1, "and saved")
    nano.does("press mute 6")
    check(wait_for(lambda: nano.stands.get("light mute 6") == 0, 3), "and dark again")


def check_live_edit(check, daw, song, nano, errors):
    """The user's own file takes the shipped profile's place while kedge runs; a wrong one changes nothing, and is named."""
    with open(PROFILE) as f:
        shipped = f.read()
    own = os.path.join(daw.env["XDG_CONFIG_HOME"], "kedge", "controllers")
    os.makedirs(own, exist_ok=True)
    file = own + "/korg-nanokontrol2.toml"
    with open(file, "w") as f:
        f.write(shipped.replace('"mute 1-8" = "strip 1-8 mute"', '"mute 1-8" = "strip 1-8 solo"').replace('"solo 1-8" = "strip 1-8 solo"',
                                                                                                 '"solo 1-8" = "strip 1-8 mute"'))
    check(wait_for(lambda: any("the map was changed" in line for line in errors), 3), "the user's own file was read")
    nano.does("press solo 7")
    check(wait_for(lambda: nano.stands.get("light solo 7") == 1, 3) and daw.save()[song.tracks[6]]["mute"] == 1, "a solo button mutes now")
    with open(file, "a") as f:
        f.write('\n"play" = "dance"\n')
    check(wait_for(lambda: any("stays as it was" in line for line in errors), 3), f"a wrong edit is named: {errors[-1:]}")
    nano.does("press solo 7")
    check(wait_for(lambda: nano.stands.get("light solo 7") == 0, 3), "and changes nothing")


def check_suggestions(check, daw, song, nano, said, press):
    """Steps of 3 dB, shown for the selected strip and accepted by a button, each a pass of its own."""
    faders = lambda: {name: daw.save()[name]["fader"] for name in song.tracks}
    before = faders()
    nano.does("press play")
    check(wait_for(lambda: nano.stands.get("light play") == 1, 5) and wait_for(lambda: nano.stands.get("light play") == 0, 90), "kedge listened")
    for number in range(1, 9):
        nano.does(f"press rec {number}")
        time.sleep(0.3)
        if nano.stands.get("light stop"):
            break
    check(nano.stands.get("light stop"), f"a suggestion is shown: {said[-3:]}")
    name = song.tracks[number - 1]
    count = len(said)
    nano.does("press stop")
    check(wait_for(lambda: any("stand as suggested" in line for line in said[count:]), 10), f"accepted: {said[count:]}")
    after = faders()
    step = after[name] - before[name]
    steps_of_3 = abs(step) > 2.9 and abs(step / 3 - round(step / 3)) * 3 < 0.01
    check(steps_of_3, f"{name}: {step:+.3f} dB in the saved session, steps of 3")
    check(max(abs(after[each] - before[each]) for each in song.tracks if each != name) < 1e-4, "no other fader was moved")
    check(wait_for(lambda: nano.stands.get("light stop") == 0, 2), "the suggestion is gone")
    press("marker set", before, "the step taken back")


def check_keys(check, daw, song, nano, errors, said):
    """Buttons that are kedge's own: the one click, before and after, and back; a second press stops a mix and puts all back."""
    faders = lambda: {name: daw.save()[name]["fader"] for name in song.tracks}
    with open(PROFILE) as f:
        shipped = f.read()
    with open(os.path.join(daw.env["XDG_CONFIG_HOME"], "kedge", "controllers", "korg-nanokontrol2.toml"), "w") as f:
        f.write(shipped.replace('"cycle" = "loop"', '"cycle" = "kedge a-b"\n"record" = "kedge mix"\n"marker set" = "kedge revert"')
                .replace('"play" = "play"', '"play" = "kedge listen"').replace('"stop" = "stop"', '"stop" = "kedge accept"'))
    before_edit = len(errors)
    check(wait_for(lambda: any("the map was changed" in line for line in errors[before_edit:]), 3), "buttons of kedge's own were mapped")
    at_first = faders()
    nano.does("press record")
    check(wait_for(lambda: nano.stands.get("light record") == 1, 5), "the mix button is lit while the mix is made")
    check(wait_for(lambda: any("applied" in line for line in said), 120), "a button made the mix")
    check(wait_for(lambda: nano.stands.get("light record") == 0, 5), "and is dark again")
    mixed = faders()
    check(max(abs(mixed[name] - at_first[name]) for name in song.tracks) > 1, "faders were moved")

    def press(button, wanted, what):
        count = len(said)
        nano.does(f"press {button}")
        check(wait_for(lambda: any("confirmed" in line for line in said[count:]), 20), f"{what}: {said[count:]}")
        off = max(abs(value - wanted[name]) for name, value in faders().items())
        check(off < 1e-3, f"{what}: {off:.5f} dB off in the saved session")

    press("cycle", at_first, "A/B: before")
    press("cycle", mixed, "A/B: after")
    press("marker set", at_first, "revert")
    check_suggestions(check, daw, song, nano, said, press)
    count = len(said)
    nano.does("press record")
    check(wait_for(lambda: nano.stands.get("light record") == 1, 5), "mixing again")
    time.sleep(0.5)
    nano.does("press record")
    check(wait_for(lambda: nano.stands.get("light record") == 0, 30), f"a second press stops it: {said[count:]} {errors[-3:]}")
    off = max(abs(value - at_first[name]) for name, value in faders().items())
    check(off < 1e-3, f"and all is back: {off:.5f} dB off")


def check_replug(check, daw, program, box, env):
    """The bank, motors and lights are back after a device came anew; within a second where the machine does nothing else."""
    box.does("press bank right")
    time.sleep(1)
    before = {what: value for what, value in box.stands.items()}
    box.end()
    time.sleep(2)
    began = time.monotonic()
    again = Device(program, "mackie", "MotorBox", env)
    # A motor is told where the strip stands, which is where the hand left it to a step of its ten bits.
    differing = lambda: {what: (value, again.stands.get(what)) for what, value in before.items()
                         if abs(again.stands.get(what, -TOP) - value) > (17 if what.startswith("motor") else 0)}
    back = wait_for(lambda: len(again.stands) == len(before) and not differing(), 10)
    took = (again.told[-1][0] if again.told else math.inf) - began
    check(back, f"plugged in anew: all {len(before)} motors and lights as before after {took:.2f} s {differing()}")
    return again


PROFILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../profiles/controllers/korg-nanokontrol2.toml")


def main():
    words = [word for word in sys.argv[1:] if word != "--verbose"]
    if len(words) != 3:
        sys.exit("usage: controllers_on_ardour.py ardour KEDGE SIMULATED_CONTROLLER [--verbose]")
    kedge, program = os.path.abspath(words[1]), os.path.abspath(words[2])
    check = Checks("--verbose" in sys.argv)
    seed = random.randrange(1 << 30)
    print(f"seed {seed}", flush=True)
    dice = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="kedge-controllers-")
    try:
        song = Song(kedge, folder, seed=5)
        with RealArdour(kedge, song, folder) as daw:
            env = dict(daw.env, **{key: daw.ardour.env[key] for key in ("JACK_DEFAULT_SERVER", "JACK_NO_START_SERVER")})
            daw.kedge_env = lambda: env
            check.begin("learn")
            check_learning(check, kedge, program, env, folder)
            box = Device(program, "mackie", "MotorBox", env)
            nano = Device(program, "korg-nanokontrol2", "nanoKONTROL2", env)
            hands = control(daw, "mackie@MotorBox", "korg-nanokontrol2")
            errors = []
            threading.Thread(target=lambda: [errors.append(line) for line in hands.stderr], daemon=True).start()
            said = []
            listener = threading.Thread(target=lambda: [said.append(line) for line in hands.stdout], daemon=True)
            listener.start()
            check.begin("motors")
            check_motors(check, daw, song, box, dice)
            check.begin("another's hand")
            check_others_hand(check, daw, box)
            check.begin("pickup")
            check_pickup(check, daw, song, nano, dice)
            check.begin("live edit")
            check_live_edit(check, daw, song, nano, errors)
            check.begin("kedge's own keys")
            check_keys(check, daw, song, nano, errors, said)
            check.begin("replug")
            box = check_replug(check, daw, program, box, env)
            check.begin("end")
            hands.send_signal(signal.SIGINT)
            check(hands.wait(20) == 0, f"Ctrl-C: exit {hands.returncode}")
            listener.join(5)
            check(any("messages from controllers" in line for line in said), f"what was done is told: {said[-2:]}")
            box.end()
            nano.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    check.exit()


if __name__ == "__main__":
    main()
