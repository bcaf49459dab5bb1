// The simulated REAPER driven by `reaper-osc`, a client that others wrote for REAPER: what the package makes of the feedback is held
// against what the simulator saves, and what it sends against both. Where its own comments say what REAPER does, that is looked for.
// Arguments: the kedge command, a pattern file, and where to write the record of all that was heard.
"use strict";
const assert = require("assert");
const fs = require("fs");
const { run, sleep, until } = require("./simulated_reaper");

function installed(name) {
    try {
        return require(name);
    } catch (problem) {
        console.error(`${problem.message.split("\n")[0]}. \`./dev test\` installs it in build/reaper_clients (\`npm ci\`).`);
        return process.exit(1);
    }
}

const { Reaper, ReaperConfiguration, RecordMonitoringMode } = installed("reaper-osc");

const [kedge, patterns, recordFile] = process.argv.slice(2);

// REAPER's refresh comes at once, its answers within a few turns of a thirtieth of a second.
const ALL_IS_SAID = 400;

const near = (a, b, tolerance) => Math.abs(a - b) <= tolerance;

// The package's face of REAPER, and the record of what it was told.
class Client {
    static async open(reaper) {
        const client = new Client();
        client.record = [];
        client.messages = [];
        const config = new ReaperConfiguration();
        config.localPort = reaper.feedbackPort;
        config.remotePort = reaper.port;
        config.log = (level, words, problem) => {
            if (level === "error") client.problem = problem;
        };
        config.afterMessageReceived = message => {
            client.messages.push(message);
            client.record.push([message.address, ...message.args.map(each => `${each.type} ${each.value}`)].join(" "));
        };
        client.reaper = new Reaper(config);
        await client.reaper.start();
        await reaper.open();
        return client;
    }

    get tracks() {
        return this.reaper.tracks;
    }

    // What was heard at an address since `from` messages were heard.
    heard(address, from = 0) {
        return this.messages.slice(from).filter(each => each.address === address).map(each => each.args[0].value);
    }

    saved(reaper) {
        return reaper.saved(action => this.reaper.triggerAction(action));
    }

    async close() {
        await this.reaper.stop();
        if (recordFile) fs.writeFileSync(recordFile, this.record.join("\n") + "\n");
    }
}

function assertSeenAsSaved(track, strip) {
    const where = `track ${track.trackNumber}, ${strip.strip}`;
    assert.strictEqual(track.name, strip.strip, where);
    assert(near(track.volumeDb, strip.fader_db, 1e-4), `${where}: ${track.volumeDb} dB, saved ${strip.fader_db}`);
    assert(near(track.pan, strip.pan, 1e-6), `${where}: pan ${track.pan}, saved ${strip.pan}`);
    assert.strictEqual(track.isMuted, strip.mute === 1, where);
}

const steps = {
    "what it is told of itself is what the project holds": async (reaper, client) => {
        await until("the whole bank is told", () => client.heard("/track/8/fx/8/fxparam/16/value").length > 0);
        await sleep(ALL_IS_SAID);
        const saved = await client.saved(reaper);
        assert(saved.length > 8);
        client.tracks.forEach((track, i) => assertSeenAsSaved(track, saved[i]));
        assert.notStrictEqual(client.tracks[7].volumeFaderPosition, 0);
        assert.strictEqual(client.reaper.transport.isStopped, true);
        assert.strictEqual(client.reaper.transport.isPlaying, false);
        assert.strictEqual(client.tracks[0].panMode, "Balance");
        assert.deepStrictEqual(client.heard("/track/9/name"), []);
        assert.strictEqual(client.problem, undefined);
    },
    "its refresh tells everything once more": async (reaper, client) => {
        const from = client.messages.length;
        client.reaper.refreshControlSurfaces();
        await until("the first track's name again", () => client.heard("/track/1/name", from).length === 1);
        await until("the last slot again", () => client.heard("/track/8/fx/8/fxparam/16/value", from).length === 1);
        assert.strictEqual(client.heard("/track/8/volume/db", from).length, 1);
        await sleep(ALL_IS_SAID);
    },
    "a level in dB arrives, is not told back there, and moves the fader's place as REAPER's law has it": async (reaper, client) => {
        const from = client.messages.length;
        client.tracks[1].setVolumeDb(-6);
        await until("the fader's place", () => near(client.tracks[1].volumeFaderPosition, 0.5928483, 1e-6));
        assert.deepStrictEqual(client.heard("/track/2/volume/str", from), ["-6.00dB"]);
        await sleep(ALL_IS_SAID);
        assert.deepStrictEqual(client.heard("/track/2/volume/db", from), []);
        assert(near((await client.saved(reaper))[1].fader_db, -6, 1e-6));
    },
    "a fader's place arrives, and is told as a level": async (reaper, client) => {
        for (const [place, level] of [[0.7162178503, 0], [0.4839496, -12], [1, 12], [0.0794823, -60], [0.852777, 6.0206]]) {
            client.tracks[2].setVolumeFaderPosition(place);
            await until(`${level} dB`, () => near(client.tracks[2].volumeDb, level, 1e-3));
            assert(near((await client.saved(reaper))[2].fader_db, level, 1e-3), `saved at ${place}`);
        }
    },
    "a pan arrives; 0 is left, 0.5 the centre": async (reaper, client) => {
        for (const [pan, text] of [[0.25, "50%L"], [1, "100%R"], [0.5, "C"], [0, "100%L"]]) {
            const from = client.messages.length;
            client.tracks[3].setPan(pan);
            await until(text, () => client.heard("/track/4/pan/str", from).includes(text));
            assert(near((await client.saved(reaper))[3].pan, pan, 1e-6));
            assert.deepStrictEqual(client.heard("/track/4/pan", from), []);
        }
    },
    "a width arrives, and REAPER tells it as a text alone": async (reaper, client) => {
        const from = client.messages.length;
        client.tracks[3].setPan2(0.75);
        await until("half the width", () => client.heard("/track/4/pan2/str", from).includes("50W"));
        assert.deepStrictEqual(client.heard("/track/4/pan2", from), []);
    },
    "a mute set, cleared and toggled is told back and saved": async (reaper, client) => {
        const track = client.tracks[4];
        const muted = async now => {
            await until(`muted: ${now}`, () => track.isMuted === now);
            assert.strictEqual((await client.saved(reaper))[4].mute, now ? 1 : 0);
        };
        await muted(false);
        track.mute();
        await muted(true);
        track.unmute();
        await muted(false);
        track.toggleMute();
        await muted(true);
        track.toggleMute();
        await muted(false);
    },
    "solo, record arm and monitoring are told back": async (reaper, client) => {
        const track = client.tracks[5];
        track.solo();
        await until("soloed", () => track.isSoloed && client.heard("/anysolo").pop() === 1);
        track.toggleSolo();
        await until("not soloed", () => !track.isSoloed && client.heard("/anysolo").pop() === 0);
        track.recordArm();
        await until("armed", () => track.isRecordArmed);
        track.toggleRecordArm();
        await until("disarmed", () => !track.isRecordArmed);
        track.setMonitoringMode(RecordMonitoringMode.AUTO);
        await until("monitored", () => track.recordMonitoring === RecordMonitoringMode.AUTO);
        track.setMonitoringMode(RecordMonitoringMode.OFF);
        await until("not monitored", () => track.recordMonitoring === RecordMonitoringMode.OFF);
    },
    "a name arrives, and REAPER does not say it back": async (reaper, client) => {
        const from = client.messages.length;
        client.tracks[6].rename("Überraschung");
        await sleep(ALL_IS_SAID);
        assert.deepStrictEqual(client.heard("/track/7/name", from), []);
        assert.strictEqual((await client.saved(reaper))[6].strip, "Überraschung");
        client.reaper.refreshControlSurfaces();
        await until("the name, after a refresh", () => client.heard("/track/7/name", from).includes("Überraschung"));
        await until("the last slot", () => client.heard("/track/8/fx/8/fxparam/16/value", from).length === 1);
    },
    "selected tracks move together by as many dB, and only the one that was meant is told": async (reaper, client) => {
        client.tracks[0].setVolumeDb(-3);
        client.tracks[1].setVolumeDb(-10);
        client.tracks[0].select();
        client.tracks[1].select();
        await until("both selected", () => client.tracks[0].isSelected && client.tracks[1].isSelected);
        const from = client.messages.length;
        client.tracks[0].setVolumeDb(-5);
        await until("the first", () => client.heard("/track/1/volume/str", from).includes("-5.00dB"));
        let saved = await client.saved(reaper);
        assert(near(saved[1].fader_db, -12, 1e-4));
        assert.deepStrictEqual(client.heard("/track/2/volume/str", from), []);
        client.tracks[0].mute();
        await until("both muted", () => client.tracks[0].isMuted && client.tracks[1].isMuted);
        client.tracks[1].unmute();
        await until("neither muted", () => !client.tracks[0].isMuted && !client.tracks[1].isMuted);
        client.tracks[0].deselect();
        client.tracks[1].deselect();
        await until("neither selected", () => !client.tracks[0].isSelected && !client.tracks[1].isSelected);
        client.tracks[0].setVolumeDb(0);
        saved = await client.saved(reaper);
        assert(near(saved[0].fader_db, 0, 1e-6) && near(saved[1].fader_db, -12, 1e-4));
    },
    "the transport plays, tells where it is and what sounds, pauses and stops": async (reaper, client) => {
        const { transport } = client.reaper;
        transport.jumpToTime(10);
        await until("ten seconds", () => near(transport.time, 10, 1e-3));
        assert.strictEqual(client.heard("/time/str").pop(), "0:10.000");
        const from = client.messages.length;
        transport.play();
        await until("playing", () => transport.isPlaying && !transport.isStopped);
        await until("half a second on", () => transport.time > 10.5);
        await until("something sounds", () => client.tracks.some(track => track.vuLeft > 0.3));
        const times = client.heard("/time", from);
        assert(times.every((at, i) => i === 0 || at > times[i - 1]), `times that go on: ${times}`);
        for (const track of client.tracks)
            assert(track.vu >= 0 && track.vu <= 1 && track.vuRight <= 1, `a meter between 0 and 1: ${track.vu}`);
        transport.jumpToTimeRelative(5);
        await until("five seconds on", () => transport.time > 15);
        transport.pause();
        await until("paused", () => client.heard("/pause", from).pop() === 1);
        transport.stop();
        await until("stopped", () => transport.isStopped && !transport.isPlaying);
        await until("silent", () => client.tracks.every(track => track.vu === 0));
    },
    "the transport goes to beats and frames": async (reaper, client) => {
        const { transport } = client.reaper;
        transport.jumpToTime(0);
        await until("the start", () => transport.time === 0);
        transport.jumpToBeat("3.2.50");
        await until("that beat", () => transport.beat === "3.2.50");
        transport.jumpToFrame("00:00:04:15");
        await until("that frame", () => transport.frames === "00:00:04:15");
        assert(near(transport.time, 4.5, 1e-3));
    },
    "a loop, repeat, recording, the metronome, fast forward and rewind": async (reaper, client) => {
        const { transport } = client.reaper;
        transport.setLoopEnd(12);
        transport.setLoopStart(8);
        await until("the loop", () => transport.loopStart === 8 && transport.loopEnd === 12);
        transport.toggleRepeat();
        await until("repeating", () => transport.isRepeatEnabled);
        transport.toggleRepeat();
        await until("not repeating", () => !transport.isRepeatEnabled);
        transport.record();
        await until("recording", () => transport.isRecording && transport.isPlaying);
        transport.stop();
        await until("stopped", () => transport.isStopped && !transport.isRecording);
        client.reaper.toggleMetronome();
        await until("the metronome", () => client.reaper.isMetronomeEnabled);
        const at = transport.time;
        transport.startFastForwarding();
        await until("fast forward", () => transport.isFastForwarding && transport.time > at + 1);
        transport.stopFastForwarding();
        await until("no fast forward", () => !transport.isFastForwarding);
        await sleep(ALL_IS_SAID);
        const ahead = transport.time;
        transport.startRewinding();
        await until("rewinding", () => transport.isRewinding && transport.time < ahead - 1);
        transport.stopRewinding();
        await until("not rewinding", () => !transport.isRewinding);
    },
    "nothing was heard that the package could not read": async (reaper, client) => {
        assert.strictEqual(client.problem, undefined);
        assert(client.messages.length > 5000, `${client.messages.length} messages`);
        assert(client.messages.every(each => each.args.length === 1 && "fs".includes(each.args[0].type)));
    },
};

run("reaper-osc", kedge, patterns, steps, reaper => Client.open(reaper));
