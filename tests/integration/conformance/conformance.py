"""conformance.py DAW KEDGE: the same suite on the simulated Ardour, the simulated REAPER and a real Ardour. Where the Ardours differ, the simulator is wrong.

DAW is one of daws.py's. First the dialect, message by message, by a client that shares no code with kedge; then the main
job by the kedge command, judged by what the DAW saved and by the stems' own samples; then the ways of taking passes back.
"""
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checks import Checks  # noqa: E402
from daws import DAWS, Song  # noqa: E402
from dialect import check_dialect  # noqa: E402
from dialect_of_reaper import check_dialect_of_reaper  # noqa: E402
from lost_daws import FreshTrials  # noqa: E402
from main_job import check_main_job  # noqa: E402
from pass_bench import PassBench  # noqa: E402
from past_loop import check_past_loop  # noqa: E402
from passes import check_passes  # noqa: E402

DIALECTS = {"reaper": check_dialect_of_reaper}  # else Ardour's


def main():
    words = [word for word in sys.argv[1:] if word != "--verbose"]
    if len(words) != 2 or words[0] not in DAWS:
        sys.exit(f"usage: conformance.py {'|'.join(DAWS)} KEDGE [--verbose]")
    kedge = os.path.abspath(words[1])
    check = Checks("--verbose" in sys.argv)
    folder = tempfile.mkdtemp(prefix="kedge-conformance-")
    try:
        song = Song(kedge, folder, seed=5)
        with DAWS[words[0]](kedge, song, folder) as daw:
            bench = PassBench(check, kedge, daw, song.tracks)
            DIALECTS.get(words[0], check_dialect)(bench, FreshTrials(bench))
            if daw.tells_loop:
                check.begin("past_loop")
                FreshTrials(bench).run(check_past_loop, bench)
            check.begin("main_job")
            FreshTrials(bench).run(check_main_job, bench)
            check_passes(bench)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    check.exit()


if __name__ == "__main__":
    main()
