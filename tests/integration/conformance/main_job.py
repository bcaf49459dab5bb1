"""The whole main job, judged by what the DAW saved and by the stems' own samples."""
# Role ranges of the rock balance, dB below the kick, of the built-in song's strips; families in (see profiles/balances).
BELOW_KICK = {"Snare Top": (2, 4), "HH": (8, 12), "Toms": (2, 6), "OH": (8, 12), "Room": (9, 15), "Tamb": (6, 12),
              "Bass DI": (3, 6), "Rhy Gtr L": (9, 13), "Rhy Gtr R": (9, 13), "Keys": (6, 10), "Pad": (6, 10),
              "Lead Vox": (0, 3), "BGV 1": (10.5, 13.5), "BGV 2": (10.5, 13.5), "Kick Out": (6, 6), "Snare Btm": (8, 10)}
UNTOUCHED = ["Foo 7", "Gtr Solo"]


def check_main_job(bench):
    """The bench knows the mix afterwards, which is in the journal then, taken back."""
    check, daw = bench.check, bench.daw

    sources = daw.robust_peaks
    before = daw.save()
    code, listed = bench.ask("strips")
    names = [s["strip"] for s in listed.get("strips", [])]
    check(code == 0 and set(sources) <= set(names), f"strips: exit {code}, {len(names)} strips")

    code, mixed = bench.ask("mix")
    check(code == 0, f"mix: exit {code} {mixed.get('error', '')}")
    after = daw.save()
    check_levels(check, sources, before, after, mixed, daw)

    code, again = bench.ask("plan")
    check(code == 0 and again["heard"]["tape_reused"], f"the tape is reused ({again.get('notes')})")
    left = [(s["strip"], m["control"], m["from"], m["to"]) for s in again.get("strips", []) for m in s["moves"]
            if abs(m["from"] - m["to"]) > 0.5]
    check(not left, f"planned again, nothing is left to move {left}")

    code, reverted = bench.ask("revert")
    check(code == 0, f"revert: exit {code} {reverted.get('error', '')}")
    back = daw.save()
    worst = max(abs(back[n][c] - before[n][c]) for n in before for c in ("trim", "fader") if c in back[n])
    check(worst < 0.01, f"trims and faders back within {worst:.4f} dB")
    worst = max(abs(back[n][c] - before[n][c]) for n in before for c in ("pan", "mute"))
    check(worst < 0.001, f"pans and mutes back within {worst:.5f}")
    bench.knows_mix(before, after)


def check_levels(check, sources, before, after, mixed, daw):
    level = {n: sources[n] + after[n].get("trim", 0.0) + after[n]["fader"] for n in sources}
    kick = level["Kick In"]
    stepped = any("all strips" in note for note in mixed.get("notes", []))
    check(-12.0 - daw.level_slack_db <= kick <= -10.0 + daw.level_slack_db or stepped, f"Kick In at {kick:.2f} dBFS{' (bus rule)' if stepped else ''}")
    for name, (least, most) in sorted(BELOW_KICK.items()):
        below = kick - level[name]
        slack = 1.0 if least == most else daw.level_slack_db
        check(least - slack <= below <= most + slack, f"{name} {below:.2f} dB below the kick, wanted {least} to {most}")
    for name in sources if daw.has_trims else ():
        steps = after[name]["fader"] / 3
        check(abs(steps - round(steps)) < 0.001, f"{name}: fader {after[name]['fader']:.3f} on the grid")
    for name in UNTOUCHED:
        check(after[name] == before[name], f"{name} untouched")
    bus = mixed["bus"]["peak_db"]
    check(bus is not None and bus <= -6, f"bus {bus} dBFS")
