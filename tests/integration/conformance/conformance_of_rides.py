"""conformance_of_rides.py DAW KEDGE: what is done while the song plays, rides above all, on the simulated DAWs and on a real Ardour, judged alike.

The song's vocal has phrases that reach 6 dB from their middle. First what a ride is for: written and taken back, by both ways of writing. Then what
people and machines do while one is written live. Where there is no companion script, that live writing is tried out, and refused.
"""
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checks import Checks  # noqa: E402
from daws import DAWS, VOICE, Song  # noqa: E402
from lost_daws import FreshTrials  # noqa: E402
from pass_bench import PassBench  # noqa: E402
from phrases import Voice  # noqa: E402
from ride_cut_off import daw_killed, kedge_killed  # noqa: E402
from ride_hands import hands_let_go, hands_resume, hands_stay  # noqa: E402
from ride_transport import at_another_speed, jumped_ahead, jumped_back, looped, past_a_loop, stopped  # noqa: E402
from rebuild import rebuild  # noqa: E402
from rides import ride_after_tempo_change, ride_live, ride_point_by_point  # noqa: E402
from rides_without_companion import rides_without_companion  # noqa: E402

PARTS = (rebuild, ride_point_by_point, ride_live, hands_stay, hands_resume, hands_let_go, stopped, jumped_ahead, jumped_back, looped, past_a_loop,
         at_another_speed, kedge_killed, daw_killed, ride_after_tempo_change)
WITHOUT_COMPANION = (rebuild, rides_without_companion)
# What not every DAW has: the simulated Ardour plays no loops, both simulated DAWs play at one speed and know of no beat.
NEEDS = {looped: "has_loop", past_a_loop: "tells_loop", at_another_speed: "has_speed", ride_after_tempo_change: "has_tempo"}


def main():
    words = [word for word in sys.argv[1:] if word != "--verbose"]
    if len(words) < 2 or words[0] not in DAWS:
        sys.exit(f"usage: conformance_of_rides.py {'|'.join(DAWS)} KEDGE [PART...] [--verbose]")
    kedge = os.path.abspath(words[1])
    check = Checks("--verbose" in sys.argv)
    folder = tempfile.mkdtemp(prefix="kedge-rides-")
    try:
        song = Song(kedge, folder, seed=5, reach=6.0)
        with DAWS[words[0]](kedge, song, folder) as daw:
            bench = mixed(check, kedge, daw, song)
            trials = FreshTrials(bench)
            for part in PARTS if daw.has_companion else WITHOUT_COMPANION:
                if words[2:] and part.__name__ not in words[2:] or part in NEEDS and not getattr(daw, NEEDS[part]):
                    continue
                check.begin(part.__name__)
                trials.run(part, bench)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    check.exit()


def mixed(check, kedge, daw, song):
    """Rides lie on a static mix: it is made first."""
    bench = PassBench(check, kedge, daw, song.tracks)
    bench.voice = Voice(song, VOICE)
    bench.does("mix")
    bench.before = bench.daw.save()
    return bench


if __name__ == "__main__":
    main()
