// The simulated REAPER with liblo's tools: `oscsend` sends, `oscdump` writes down what REAPER says.
// Arguments: the kedge command, a pattern file, and where to write the record of all that was heard.
"use strict";
const assert = require("assert");
const childProcess = require("child_process");
const fs = require("fs");
const { run, sleep, until } = require("./simulated_reaper");

const [kedge, patterns, recordFile] = process.argv.slice(2);

const ALL_IS_SAID = 400;

class Tools {
    static async open(reaper) {
        const tools = new Tools();
        tools.port = reaper.port;
        tools.record = [];
        tools.dump = childProcess.spawn("oscdump", ["-L", String(reaper.feedbackPort)]);
        let rest = "";
        tools.dump.stdout.on("data", text => {
            const lines = (rest + text).split("\n");
            rest = lines.pop();
            // The time that it was heard at comes first.
            for (const line of lines) tools.record.push(line.replace(/^\S+ /, "").trimEnd());
        });
        await new Promise((done, failed) => {
            tools.dump.once("spawn", done);
            tools.dump.once("error", failed);
        });
        // oscdump does not say when its port is open.
        await sleep(300);
        assert.strictEqual(tools.dump.exitCode, null, "oscdump ended");
        await reaper.open();
        return tools;
    }

    send(address, types = "", ...values) {
        const words = ["127.0.0.1", String(this.port), address, ...(types ? [types] : []), ...values.map(String)];
        childProcess.execFileSync("oscsend", words);
    }

    hears(line, from = 0) {
        return until(line, () => this.record.slice(from).includes(line));
    }

    heardAt(address, from) {
        return this.record.slice(from).filter(line => line.split(" ")[0] === address);
    }

    saved(reaper) {
        return reaper.saved(action => this.send("/action", "i", action));
    }

    async close() {
        this.dump.kill("SIGKILL");
        if (recordFile) fs.writeFileSync(recordFile, this.record.join("\n") + "\n");
    }
}

const steps = {
    "the whole bank is told": async (reaper, tools) => {
        await tools.hears("/track/8/fx/8/fxparam/16/value f 0.000000");
        await sleep(ALL_IS_SAID);
        const saved = await tools.saved(reaper);
        for (let i = 0; i < 8; ++i) {
            await tools.hears(`/track/${i + 1}/name s "${saved[i].strip}"`);
            await tools.hears(`/track/${i + 1}/volume/db f ${saved[i].fader_db.toFixed(6)}`);
            await tools.hears(`/track/${i + 1}/pan f ${saved[i].pan.toFixed(6)}`);
        }
        await tools.hears('/track/name s "MASTER"');
        await tools.hears("/stop f 1.000000");
    },
    "a value counts as a float, a whole number or a text": async (reaper, tools) => {
        let from = tools.record.length;
        tools.send("/track/1/volume/db", "f", -6.02);
        await tools.hears('/track/1/volume/str s "-6.02dB"', from);
        assert.deepStrictEqual(tools.heardAt("/track/1/volume/db", from), []);
        tools.send("/track/1/volume/db", "i", -9);
        await tools.hears('/track/1/volume/str s "-9.00dB"', from);
        tools.send("/track/1/volume/str", "s", "-inf");
        await tools.hears("/track/1/volume/db f -150.000000", from);
        assert.strictEqual((await tools.saved(reaper))[0].fader_db, null);
        from = tools.record.length;
        tools.send("/track/1/volume/str", "s", "3.5dB");
        await tools.hears("/track/1/volume/db f 3.500000", from);
        assert.strictEqual((await tools.saved(reaper))[0].fader_db, 3.5);
    },
    "a message with a double, a 64-bit number, true or an address that nobody knows does nothing": async (reaper, tools) => {
        await sleep(ALL_IS_SAID);
        const before = await tools.saved(reaper);
        const from = tools.record.length;
        tools.send("/track/2/volume/db", "d", -20);
        tools.send("/track/2/volume/db", "h", -20);
        tools.send("/track/2/mute", "T");
        tools.send("/track/2/nothing", "f", 1);
        tools.send("/strip/fader", "if", 2, -20);
        await sleep(ALL_IS_SAID);
        assert.deepStrictEqual(tools.record.slice(from), []);
        assert.deepStrictEqual(await tools.saved(reaper), before);
    },
    "a list in the address takes a value for each": async (reaper, tools) => {
        tools.send("/track/2,4/volume/db", "ff", -11, -13);
        await tools.hears('/track/4/volume/str s "-13.0dB"');
        const saved = await tools.saved(reaper);
        assert.strictEqual(saved[1].fader_db, -11);
        assert.strictEqual(saved[3].fader_db, -13);
    },
    "a switch knows 1 and 0 alone; a toggle needs no argument": async (reaper, tools) => {
        const from = tools.record.length;
        tools.send("/track/3/mute", "f", 1);
        await tools.hears("/track/3/mute f 1.000000", from);
        tools.send("/track/3/mute", "f", 0.5);
        await sleep(ALL_IS_SAID);
        assert.strictEqual((await tools.saved(reaper))[2].mute, 1);
        tools.send("/track/3/mute/toggle");
        await tools.hears("/track/3/mute f 0.000000", from);
        assert.strictEqual((await tools.saved(reaper))[2].mute, 0);
    },
    "the bank steps on, and the same addresses are other tracks": async (reaper, tools) => {
        const saved = await tools.saved(reaper);
        const from = tools.record.length;
        tools.send("/device/track/bank/+");
        await tools.hears(`/track/1/name s "${saved[8].strip}"`, from);
        tools.send("/track/1/volume/db", "f", -17);
        await tools.hears('/track/1/volume/str s "-17.0dB"', from);
        assert.strictEqual((await tools.saved(reaper))[8].fader_db, -17);
        tools.send("/device/track/bank/select", "i", 1);
        await tools.hears(`/track/1/name s "${saved[0].strip}"`, from);
    },
    "undo and redo are actions": async (reaper, tools) => {
        await sleep(1500);
        const from = tools.record.length;
        tools.send("/track/5/volume/db", "f", -21);
        await sleep(1500);
        tools.send("/action/40029");
        await until("undone", () => tools.heardAt("/track/5/volume/db", from).length === 1);
        const [, , level] = tools.heardAt("/track/5/volume/db", from)[0].split(" ");
        assert.notStrictEqual(Number(level), -21);
        tools.send("/action/str", "s", 40030);
        await tools.hears("/track/5/volume/db f -21.000000", from);
    },
    "it plays, and tells the time while it does": async (reaper, tools) => {
        const from = tools.record.length;
        tools.send("/play");
        await tools.hears("/play f 1.000000", from);
        await until("a second of positions", () => tools.heardAt("/time", from).length >= 15);
        tools.send("/stop", "i", 1);
        await tools.hears("/stop f 1.000000", from);
        await sleep(ALL_IS_SAID);
        const after = tools.record.length;
        await sleep(ALL_IS_SAID);
        assert.deepStrictEqual(tools.heardAt("/time", after), []);
    },
};

run("liblo", kedge, patterns, steps, reaper => Tools.open(reaper));
