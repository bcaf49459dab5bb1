"""pass_on_ardour.py BENCH_PASS [ARGS...]: the benchmark of a pass on a real Ardour with 64 tracks, started for it and ended."""
import os
import shutil
import subprocess
import sys
import tempfile
import wave

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "integration", "conformance"))
import ardour_lab  # noqa: E402
import ardour_session  # noqa: E402

TRACKS = 64


def silent_stems(folder):
    os.makedirs(folder)
    for i in range(TRACKS):
        with wave.open(f"{folder}/{i:02d}_Track {i + 1}.wav", "wb") as f:
            f.setnchannels(1)
            f.setsampwidth(3)
            f.setframerate(48000)
            f.writeframes(bytes(3 * 48000))
    return folder


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: pass_on_ardour.py BENCH_PASS [ARGS...]")
    folder = tempfile.mkdtemp(prefix="kedge-bench-")
    try:
        home = folder + "/home"
        session = ardour_session.make_session(silent_stems(folder + "/stems"), folder + "/bench", home)
        with ardour_lab.Ardour(session, folder, home) as ardour:
            env = dict(os.environ, KEDGE_BENCH_DAW=f"127.0.0.1:{ardour.port}")
            sys.exit(subprocess.run(sys.argv[1:], env=env).returncode)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
