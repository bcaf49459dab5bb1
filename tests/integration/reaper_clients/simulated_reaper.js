// A simulated REAPER in a process of its own, with the patterns that REAPER has when no file is chosen, and what its saved project
// says. Nothing here speaks OSC: that is for the clients.
"use strict";
const childProcess = require("child_process");
const dgram = require("dgram");
const fs = require("fs");
const os = require("os");
const path = require("path");

const SAVE_PROJECT = 40026;

const sleep = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// Waits until `what` holds; fails with the words if it does not in time.
async function until(words, what, patience = 10000) {
    const end = Date.now() + patience;
    for (;;) {
        const found = what();
        if (found) return found;
        if (Date.now() > end) throw new Error(`not within ${patience / 1000} s: ${words}`);
        await sleep(5);
    }
}

async function freePort() {
    const socket = dgram.createSocket("udp4");
    await new Promise(done => socket.bind(0, "127.0.0.1", done));
    const { port } = socket.address();
    await new Promise(done => socket.close(done));
    return port;
}

class SimulatedReaper {
    // `kedge` and `patterns` are paths.
    static async start(kedge, patterns) {
        const reaper = new SimulatedReaper();
        reaper.folder = fs.mkdtempSync(path.join(os.tmpdir(), "kedge-reaper-clients-"));
        reaper.port = await freePort();
        reaper.feedbackPort = await freePort();
        reaper.command = [kedge, "sim", "--dialect", "reaper", "--pattern", patterns, "--port", reaper.port,
            "--feedback-port", reaper.feedbackPort, "--save-to", reaper.project];
        return reaper;
    }

    get project() {
        return path.join(this.folder, "project.json");
    }

    // It begins to speak at once, so the device that is to hear all of it listens before.
    async open() {
        this.said = "";
        const env = { ...process.env, HOME: this.folder, XDG_STATE_HOME: this.folder, XDG_CONFIG_HOME: this.folder,
            XDG_RUNTIME_DIR: this.folder };
        this.process = childProcess.spawn(this.command[0], this.command.slice(1).map(String), { env });
        for (const stream of [this.process.stdout, this.process.stderr])
            stream.on("data", text => { this.said += text; });
        await until(`the simulated REAPER listens; it said: ${this.said}`, () => this.said.includes("listens on"));
    }

    // The project as REAPER saves it: strips by name, the tracks in their order first. `runAction` has a client run an action.
    async saved(runAction) {
        fs.rmSync(this.project, { force: true });
        runAction(SAVE_PROJECT);
        await until("the project is saved", () => fs.existsSync(this.project));
        return JSON.parse(fs.readFileSync(this.project, "utf8")).strips;
    }

    async close() {
        if (this.process && this.process.exitCode === null) {
            const ended = new Promise(done => this.process.once("exit", done));
            this.process.kill("SIGTERM");
            await ended;
        }
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

// Runs the steps one after the other on one simulated REAPER; each fails by throwing, and one failure ends the run.
async function run(title, kedge, patterns, steps, open) {
    const reaper = await SimulatedReaper.start(kedge, patterns);
    let client;
    let at = "setting up";
    let status = 0;
    try {
        client = await open(reaper);
        for (const [words, step] of Object.entries(steps)) {
            at = words;
            await step(reaper, client);
            console.log(`ok: ${words}`);
        }
        console.log(`${title}: ${Object.keys(steps).length} steps passed`);
    } catch (problem) {
        console.error(`FAILED: ${at}: ${problem.stack}`);
        if (client && client.record) console.error(`heard last:\n${client.record.slice(-20).join("\n")}`);
        if (reaper.said) console.error(`the simulated REAPER said:\n${reaper.said}`);
        status = 1;
    } finally {
        if (client) await client.close();
        await reaper.close();
    }
    process.exit(status);
}

module.exports = { run, sleep, until };
