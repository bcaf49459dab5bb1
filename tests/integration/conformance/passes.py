"""Passes taken back, in any order and in part, and what a person moved meanwhile: judged by what the DAW saved."""
import random

from cut_off import check_cut_off
from daemon_passes import check_daemon
from lost_daws import PassTrials
from pass_bench import differences, with_controls_of
from restarts import check_restart


def check_passes(bench, seed=3):
    """Begins where the main job ended: with its mix in the journal, taken back."""
    chance = random.Random(seed)
    trials = PassTrials(bench)
    for part in (there_and_back, three_faders, snapshots, other_order, in_part, check_cut_off, check_restart, check_daemon):
        bench.check.begin(part.__name__, f", seed {seed}")
        if part is check_cut_off:
            part(bench, chance, trials)
        else:
            trials.run_from(bench.before, part, bench, chance)


def reapplied(bench):
    """The mix, written once more; its number."""
    return bench.does("reapply", bench.mix)["pass"]["id"]


def named(document):
    """The conflicts of a report: {(strip, control): where it stands}."""
    return {(c["strip"], c["control"]): c["stands_at"] for c in document.get("conflicts", [])}


def there_and_back(bench, chance):
    moved = differences(bench.before, bench.mixed)
    bench.check(len(moved) > (20 if bench.daw.has_trims else 15), f"the mix moved {len(moved)} controls")
    bench.saved_is(bench.before, "the mix was taken back")
    reapplied(bench)
    bench.saved_is(bench.mixed, "reapplied, it stands as after the mix")
    document = bench.does("revert")
    bench.check(not named(document), f"nothing is a conflict where nobody moved anything {named(document)}")
    bench.saved_is(bench.before, "reverted, it stands as before")
    back = document["pass"]["id"]
    bench.does("revert", back)
    bench.saved_is(bench.mixed, "the revert's revert puts the pass back")
    bench.does("revert", back + 1)
    bench.saved_is(bench.before, "and it can be taken back again")


def three_faders(bench, chance):
    number = reapplied(bench)
    faders = sorted(s for s, c in differences(bench.before, bench.mixed) if c == "fader" and s in bench.tracks)
    strips = chance.sample(faders, 3)
    by_hand = {(s, "fader"): bench.mixed[s]["fader"] - chance.choice((-1.7, 0.4, 5.2)) for s in strips}
    bench.hand(by_hand)
    moved = bench.daw.save()
    bench.check(differences(moved, bench.mixed) == set(by_hand), f"a hand moved the faders of {strips}")

    document = bench.does("revert", number, code=5)
    found = named(document)
    bench.check(set(found) == set(by_hand), f"exactly these are conflicts: {sorted(found)}")
    bench.check(found and all(c in by_hand and abs(found[c] - by_hand[c]) < 0.01 for c in found),
                f"and said to stand where they do {found}")
    bench.saved_is(with_controls_of(bench.before, moved, by_hand), "these three stay where the hand put them, the rest is back")

    document = bench.does("revert", number, "--force")
    bench.check(not named(document), "forced, nothing is left alone")
    bench.saved_is(bench.before, "forced, the three are back as well")


def moved_at_random(bench, chance, strips):
    """Other values for all controls of these strips."""
    values = {}
    for strip in strips:
        values[strip, "fader"] = bench.before[strip]["fader"] - chance.uniform(2, 20)
        if bench.daw.has_trims:
            values[strip, "trim"] = bench.before[strip]["trim"] + chance.uniform(1, 8)
        values[strip, "pan"] = (bench.before[strip]["pan"] + chance.uniform(0.2, 0.8)) % 1.0
        values[strip, "mute"] = 1 - int(bench.before[strip]["mute"])
    return values


def differ(document):
    return {(c["strip"], c["control"]) for c in document.get("controls", []) if c["differ"]}


def snapshots(bench, chance):
    bench.start, other = bench.new_name("start"), bench.new_name("other")
    bench.does("snapshot", bench.start)
    by_hand = moved_at_random(bench, chance, chance.sample(bench.tracks, 5))
    bench.hand(by_hand)
    bench.does("snapshot", other)
    bench.other = bench.daw.save()
    bench.check(differences(bench.other, bench.before) == set(by_hand), f"a hand moved {len(by_hand)} controls")
    document = bench.does("compare", bench.start, other)
    bench.check(differ(document) == set(by_hand), f"compared, these and no others differ ({len(differ(document))})")
    bench.does("recall", bench.start)
    bench.saved_is(bench.before, "recalled, it stands as when the first snapshot was taken")
    recall = bench.does("recall", other)["pass"]["id"]
    bench.saved_is(bench.other, "and as when the other was taken")
    bench.does("revert", recall)
    bench.saved_is(bench.before, "a recall is a pass: taken back")
    bench.does("snapshot", bench.start, code=2)


def other_order(bench, chance):
    first = reapplied(bench)
    strips = sorted(s for s, c in differences(bench.before, bench.mixed) if c == "fader" and s in bench.tracks)[:4]
    chosen = [word for strip in strips for word in ("--strip", strip)]
    bench.hand({(s, "fader"): bench.mixed[s]["fader"] - 4.5 for s in strips})
    name = bench.new_name("lower")
    bench.does("snapshot", name)
    lower = bench.daw.save()
    bench.hand({(s, "fader"): bench.mixed[s]["fader"] for s in strips})
    second = bench.does("recall", name, "--control", "fader", *chosen)["pass"]["id"]
    bench.saved_is(lower, f"a second pass lies over the first: {strips}")
    bench.check(differ(bench.does("compare", first, bench.start)) == differences(bench.before, bench.mixed),
                "compared with the snapshot before it, the first differs in what it moved")

    over = {(s, "fader") for s in strips}
    bench.does("revert", first)
    bench.saved_is(with_controls_of(bench.before, lower, over), "the first taken out: what the second wrote stays")
    bench.does("revert", second)
    bench.saved_is(bench.before, "then the second: all as before")


def in_part(bench, chance):
    number = reapplied(bench)
    moved = differences(bench.before, bench.mixed)
    strip = chance.choice(sorted(s for s, c in moved if c == "fader"))
    of_strip = {(s, c) for s, c in moved if s == strip}
    bench.does("revert", number, "--strip", strip)
    bench.saved_is(with_controls_of(bench.mixed, bench.before, of_strip), f"only {strip} is back")
    if bench.daw.mix_pans:
        pans = {(s, c) for s, c in moved if c == "pan"}
        bench.check(bool(pans - of_strip), f"{len(pans)} pans")
        bench.does("revert", number, "--control", "pan")
        bench.saved_is(with_controls_of(bench.mixed, bench.before, of_strip | pans), "and the pans")
    bench.does("revert", number)
    bench.saved_is(bench.before, "and the rest")
