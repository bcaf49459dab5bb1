"""Somebody takes the transport away while a ride is written: the values end there, and what was written is taken back."""
from daws import VOICE
from fader_line import furthest_from, worst_miss
from mid_pass import FROM_S, TO_S, Aftermath, MidPass

AT = 12.0
SOON = 0.3  # seconds from something happening to where kedge has heard of it and done what it does
STRAYED = 0.6  # what was under way may land this far behind a jump


def stopped(bench):
    after = Aftermath(bench)
    with MidPass(bench, AT) as song:
        song.client.stop()
        after.ended(song, 1, "The transport was stopped at 0:12.")
        stays = (0.1, FROM_S) if bench.daw.stop_goes_back else (AT, AT + SOON)
        bench.check(stays[0] <= song.where() < stays[1], f"the song stays where its stop left it, at {song.where():.2f} s")
    written_up_to(bench, after, AT)
    after.all_back()


def jumped_ahead(bench):
    after = moved_the_song(bench, AT, "The song jumped", lambda client: client.go_to(14.0, True))
    written_up_to(bench, after, AT, after.points, strayed_from=14.0)
    after.all_back()


def jumped_back(bench):
    after = moved_the_song(bench, AT, "The song jumped", lambda client: client.go_to(3.0, True))
    written_up_to(bench, after, AT, after.points)
    off = furthest_from(after.rest, after.points, 3 + STRAYED, FROM_S - 0.2)
    bench.check(off < 0.05, f"and nothing before the ride, within {off:.3f} dB")
    after.all_back()


def looped(bench):
    ends, jumps = (10.0, AT) if bench.daw.loops_from_behind else (AT + 1, AT + 1)
    after = moved_the_song(bench, AT, "The song jumped", lambda client: client.loop(9.0, ends), lambda client: client.loop_no_more())
    written_up_to(bench, after, jumps, after.points, follows_from=10 + STRAYED)
    after.all_back()


def past_a_loop(bench):
    """A loop that is on beforehand is off while the ride is written, and on again afterwards."""
    before, lines = bench.daw.save(), bench.daw.fader_lines()
    with bench.daw.client(bench.daw.port) as client:
        client.greet()
        client.loop(9.0, 12.0)
        client.forget()
    written = bench.does("ride", VOICE, "--live", "--from", FROM_S, "--to", TO_S)
    bench.check(written.get("written"), "the ride is written past the loop")
    bench.check(bench.does("status").get("loop") == {"on": True, "from_s": 9.0, "to_s": 12.0}, "the loop is on again")
    bench.does("revert")
    with bench.daw.client(bench.daw.port) as client:
        client.greet()
        client.loop_no_more()
        client.forget()
    bench.saved_is(before, "every control as before")
    bench.check(bench.daw.fader_lines() == lines, "and automation and modes")


def at_another_speed(bench):
    after = moved_the_song(bench, 9.5, "The song does not play at its own speed", lambda client: client.send("/set_transport_speed", "f", 0.8))
    left = after.document["written"]["strips"][0]["to"]
    off = furthest_from(after.rest, after.points, left + SOON, TO_S)
    bench.check(off < 0.05, f"nothing is written after {left:.2f} s, within {off:.3f} dB")
    after.all_back()


def moved_the_song(bench, at_s, begins, moves, undo=None):
    after = Aftermath(bench)
    with MidPass(bench, at_s) as song:
        moves(song.client)
        after.ended(song, 1, begins)
        back = song.where()
        bench.check(back is not None and abs(back - song.began_at) < 0.1, f"the song is back where it was, at {back} s")
        if undo:
            undo(song.client)
            song.client.stop()
            song.client.forget()
    after.points = after.saved()
    return after


def written_up_to(bench, after, at_s, points=None, strayed_from=TO_S, follows_from=FROM_S + 0.1):
    points = points or after.saved()
    off = worst_miss(after.planned, points, follows_from, at_s - 0.1)
    bench.check(off <= 0.3, f"up to there the list follows the plan, worst {off:.2f} dB")
    parts = [(at_s + SOON, strayed_from - 0.1)] + ([(strayed_from + STRAYED, TO_S)] if strayed_from < TO_S else [])
    off = max(furthest_from(after.rest, points, *part) for part in parts)
    bench.check(off < 0.05, f"and from there on nothing of the ride is in it, within {off:.3f} dB")
