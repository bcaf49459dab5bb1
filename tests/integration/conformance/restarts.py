"""The DAW is ended and started again between a pass and its revert."""


def check_restart(bench, chance):
    number = bench.does("reapply", bench.mix)["pass"]["id"]
    bench.saved_is(bench.mixed, "the pass is in the session")
    bench.daw.restart()
    bench.saved_is(bench.mixed, "started again, the DAW stands as it was saved")
    document = bench.does("revert", number)
    left = [document.get(why) for why in ("conflicts", "gone", "automated")]
    bench.check(left == [[], [], []], f"every strip is found, nothing is left alone {left}")
    bench.saved_is(bench.before, "a pass from before the restart is taken back")
