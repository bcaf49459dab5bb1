"""The DAW or kedge is killed while a ride is written: the journal knows of it, and recovery ends where it began."""
from mid_pass import Aftermath, MidPass

AT = 12.0


def daw_killed(bench):
    after = Aftermath(bench)
    with MidPass(bench, AT) as song:
        bench.daw.save()
        bench.daw.quit()
        after.ended(song, 3, "The DAW fell silent in the middle of the ride")
    number = named(bench, after)
    bench.daw.restart()
    settled(bench, after, number)


def kedge_killed(bench):
    after = Aftermath(bench)
    with MidPass(bench, AT) as song:
        song.kedge.kill()
        song.kedge.wait()
        number = named(bench, after)
        refused = bench.does("recover", "--roll-back", code=1)
        bench.check("top the transport" in str(refused.get("error")),
                    f"while the fader is still held, it says to stop the transport: {refused.get('error')}")
        song.client.stop()
        song.client.forget()
    settled(bench, after, number)


def named(bench, after):
    newest = bench.passes()[-1]
    bench.check(newest["kind"] == "ride" and newest["state"] == "prepared", f"pass {newest['id']} is in the journal as cut off")
    return newest["id"]


def settled(bench, after, number):
    status = bench.does("status", "--for", "0.1s")
    bench.check(status.get("unfinished") == number, f"status names pass {number}")
    document = bench.does("recover")
    stands = [line["stands_at"] for line in document.get("lines", [])]
    bench.check(document.get("cut_off") == number and stands == ["neither"], f"recover says what stands: {stands}")
    after.all_back(("recover", "--roll-back"))
    bench.check(bench.does("recover").get("cut_off") is None, "nothing is left to recover")
