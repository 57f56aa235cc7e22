// What every command says of itself, and how it takes what is no use to it.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clouds, reportableStatusSchema } from "../../generated/constants.gen.ts";
import { callId, invoke } from "./invoke.ts";

const commands = ["mock", "fake", "proxy", "set", "recover", "audit", "doctor"];

test("--help names every command, and what the exit codes mean", async () => {
  for (const args of ["--help", "-h", "help"]) {
    const { code, out } = await invoke(args);
    expect(code).toBe(0);
    for (const text of [...commands, "Exit codes:", "  0 ", "  1 ", "  2 ", "  130 "]) expect(out[0]).toContain(text);
  }
});

test.each(commands)("%s --help says how it is called, with an example that it understands, in lines that fit a terminal", async (name) => {
  const { code, out } = await invoke(`${name} --help`);
  const [help = ""] = out;
  expect([code, out.length]).toEqual([0, 1]);
  for (const text of [
    `Usage: teams-recording-status ${name} `,
    "\nOptions:\n",
    "\nExit codes:\n  0 ",
    `\n  npx teams-recording-status ${name}`,
  ])
    expect(help).toContain(text);
  const [body = ""] = help.split("\nExample");
  expect(body.split("\n").filter((line) => line.length > 100)).toEqual([]);
  for (const same of [`help ${name}`, `${name} -h`, `${name} --port x --help`]) expect((await invoke(same)).out[0]).toBe(help);
});

test("clouds, versions and statuses in the help are those of the document, and recording is none to set", async () => {
  const help = (await invoke("set --help")).out[0] ?? "";
  expect(help).toContain(`--cloud ${Object.keys(clouds).join("|")}`);
  expect(help).toContain(`--version ${Object.keys(clouds.global.versions).join("|")}`);
  // What ends a recording in Graph's eyes: no other status is a person's to report, whatever bots may.
  const statuses = reportableStatusSchema.enum.filter((status) => status === "notRecording" || status === "failed");
  expect(help).toContain(`--status ${statuses.join("|")} `);
});

test.each(commands)("docs/cli.md names every option of %s, and no other", async (name) => {
  const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
  const [, section = ""] = new RegExp(`\n## ${name}\n([\\s\\S]*?)(?=\n## |$)`).exec(page) ?? [];
  const told = /^Options: ([\s\S]*?)(?=\n\n|\n$)/m.exec(section)?.[1] ?? /Options: (.*)/.exec(section)?.[1] ?? "";
  const named = (text: string) => [...new Set(text.match(/--[a-z-]+/g))].toSorted();
  const [, options = ""] = ((await invoke(`${name} --help`)).out[0] ?? "").split("\nOptions:\n");
  const known = [...(options.split("\nExit codes:")[0]?.matchAll(/^ {2}--([a-z-]+)/gm) ?? [])].map(([, option]) => `--${option}`);
  expect(named(told)).toEqual(known.filter((option) => option !== "--help").toSorted());
});

test("--version prints the version alone", async () => {
  expect(await invoke("--version")).toMatchObject({ code: 0, out: ["1.2.3"], err: [] });
});

test.each([
  ["", /^Say which command: mock, fake, proxy, set, recover, audit, doctor\. --help says more\.$/],
  ["sett", /^There is no command "sett"; did you mean set\? There are mock, fake,/],
  ["help nothing", /^There is no command "nothing"\./],
  ["constructor", /^There is no command "constructor"\./],
  ["mock --prt 1", /^mock has no option "--prt"; did you mean --port\? It takes --port\.$/],
  ["mock -p 1", /^mock has no option -p\. See teams-recording-status mock --help\.$/],
  ["mock --port many", /^--port must be a number from 0 to 65535, not "many"\.$/],
  ["fake --port 65536", /^--port must be a number/],
  ["proxy", /^proxy needs --upstream URL\.$/],
  ["proxy --upstream nowhere", /^--upstream "nowhere" is no absolute URL\.$/],
  ["proxy --upstream https://example.com", /is no host of Microsoft Graph.* --allow-unknown-host\.$/],
  ["fake --notify ftp://127.0.0.1/", /^--notify must be an http or https URL/],
  ["fake --port 0 --call . ", /^--call "\."/],
  ["doctor --__proto__ x", /^doctor has no option "--__proto__"/],
])("%s: one line on stderr, exit code 2", async (args, message) => {
  const { code, out, err } = await invoke(args);
  expect([code, out, err]).toEqual([2, [], [expect.stringMatching(message)]]);
});

test("a fault that nobody foresaw is one line as well", async () => {
  const credential = async () => {
    throw new TypeError("something\n    at nowhere (file.js:1:1)");
  };
  const { code, err } = await invoke(`set --call ${callId} --status failed --yes`, { credential });
  expect([code, err]).toEqual([2, ["something at nowhere (file.js:1:1)"]]);
});
