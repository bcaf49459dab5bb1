"""conformance.py DAW KEDGE: the same suite on the simulator and on a real Ardour. Where they differ, the simulator is wrong.

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
from main_job import check_main_job  # noqa: E402
from passes import check_passes  # noqa: E402


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in DAWS:
        sys.exit(f"usage: conformance.py {'|'.join(DAWS)} KEDGE")
    kedge = os.path.abspath(sys.argv[2])
    check = Checks()
    folder = tempfile.mkdtemp(prefix="kedge-conformance-")
    try:
        song = Song(kedge, folder, seed=5)
        with DAWS[sys.argv[1]](kedge, song, folder) as daw:
            check_dialect(check, daw, song.tracks)
            before, mixed = check_main_job(check, kedge, daw)
            check_passes(check, kedge, daw, song.tracks, before, mixed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    sys.exit(1 if check.failed or not check.passed else 0)


if __name__ == "__main__":
    main()
