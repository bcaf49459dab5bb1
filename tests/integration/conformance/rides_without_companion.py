"""Rides where the DAW has no companion script: a real Ardour without its window draws saw-teeth, which kedge finds out by a probe. It
refuses then, and what is not as before is named. Where automation plays in manual mode, too, as in REAPER, what is written could not be
taken back: it is refused before."""


def rides_without_companion(bench):
    before = bench.daw.save()
    modes = fader_modes(bench)
    passes = len(bench.passes())
    said = words(bench.does("ride", code=1))
    bench.check("companion" in said and ("ride --live" in said) != bench.daw.manual_plays,
                f"without a companion the ways to one are said: {said}")
    bench.check(len(bench.passes()) == passes, "and no pass is recorded")
    bench.saved_is(before, "and nothing is changed")

    if bench.daw.manual_plays:
        return refused_before(bench, before, modes, passes)
    planned = bench.does("ride", "--live", "--plan")
    bench.check(len(planned.get("cannot_restore", [])) >= 3, "what could not be taken back exactly is said in the plan")
    document = bench.does("ride", "--live", code=1)
    said = words(document)
    bench.check("saw-tooth" in said and "kedge doctor --install-companion" in said, f"live writing is refused with the reason: {said}")
    bench.check(document.get("cannot_restore") == planned.get("cannot_restore"), "and the same was said before it was tried")
    written = document.get("written", {})
    bench.check((written.get("pass") or {}).get("state") == "rolled-back", "its pass is recorded, and rolled back")
    bench.check(not any(s.get("end") == "written" for s in written.get("strips", [])), "no ride is written")
    named = {each["strip"] for each in written.get("stays", [])}
    bench.check(len(named) == 1, f"one fader's list has what was tried out, and is named: {written.get('stays')}")
    bench.saved_is(before, "every control stands as before")
    bench.check(fader_modes(bench) == modes, "and so does every automation mode")
    bench.check(not bench.does("recover").get("cut_off"), "nothing is left to recover")


def refused_before(bench, before, modes, passes):
    planned = bench.does("ride", "--live", "--plan")
    document = bench.does("ride", "--live", code=1)
    said = words(document)
    bench.check("could not be taken back" in said and "companion script" in said, f"live writing is refused with the reason: {said}")
    bench.check(len(planned.get("cannot_restore", [])) == 1 and planned["cannot_restore"][0] in said, "which the plan says as well")
    bench.check(len(bench.passes()) == passes, "and no pass is recorded")
    bench.saved_is(before, "and nothing is changed")
    bench.check(fader_modes(bench) == modes, "no automation mode either")


def words(document):
    error = document.get("error") or {}
    return f"{error.get('message', '')} {error.get('next', '')}"


def fader_modes(bench):
    return {each["strip"]: each["fader_automation"] for each in bench.does("strips")["strips"]}
