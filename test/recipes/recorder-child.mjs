// A recorder with a fault: `node recorder-child.mjs <file> <fault>`. Without one it does as recorder.py does; for where there is no Python.
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , path, fault = "none"] = process.argv;
const say = (line) => void process.stdout.write(`${line}\n`);
let file;
let timer;
let frame = 0;

function start() {
  file = openSync(path, "wx");
  timer = setInterval(() => writeSync(file, `frame ${++frame}\n`), 1);
}
function finish() {
  clearInterval(timer);
  writeSync(file, "end of the recording\n");
  fsyncSync(file);
  closeSync(file);
  file = undefined;
}
function stopped() {
  finish();
  say('{"did":"stopped"}');
}

const faults = {
  late: () => setTimeout(stopped, 120),
  hangs: () => {},
  dies: () => process.exit(3),
  lies: () => ["stopped", '"stopped"', "null", '{"did":"started"}'].forEach(say),
};

if (fault === "garbage") say("a library that greets");
createInterface(process.stdin)
  .on("line", (line) => {
    const message = JSON.parse(line);
    if (fault === "deaf") return;
    if (fault === "breaks") return process.exit(4);
    if (message.do === "start") {
      if (fault === "garbage") say("warning: {]\n\n[1]\nnull\n{}");
      if (fault === "early") say('{"did":"stopped"}');
      start();
      say('{"did":"started"}');
      if (fault === "exits") setTimeout(() => process.exit(0), 20);
      return;
    }
    if (faults[fault] !== undefined) return faults[fault]();
    if (fault === "garbage") say("closing …");
    stopped();
  })
  .on("close", () => {
    if (file !== undefined) finish();
    process.exit(0);
  });
