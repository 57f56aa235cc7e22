// The runner with real processes: what it starts must be gone afterwards, with everything that this has started.
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCommand } from "../../scripts/checks/runner/start-command.ts";
import { startStage } from "../../scripts/checks/runner/start-stage.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
let server: Server;
let port: number;

beforeEach(async () => {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => void server.close());

const node = (code: string) => startCommand([process.execPath, "--eval", code], root, process.env);

/** A program that stays on the line until it is killed, and does not listen to SIGTERM. */
const stubborn = () =>
  `process.on("SIGTERM", () => {}); require("node:net").connect(${port}, "127.0.0.1").on("close", () => process.exit())`;

/** A program that starts the stubborn one, which keeps its output open, and does something itself. */
const parent = (then: string) =>
  `const child = require("node:child_process").spawn(process.execPath, ["--eval", ${JSON.stringify(stubborn())}], { stdio: "inherit" }); ${then}`;

test("both streams of the output are kept, with the exit code", async () => {
  expect(await node('console.log("one"); console.error("two"); process.exitCode = 3').finished).toEqual({
    code: 3,
    output: expect.stringMatching(/^(one\ntwo|two\none)\n$/),
  });
});

test("a program that does not exist is a failure that names it", async () => {
  const { finished } = startCommand(["there-is-no-such-program"], root, process.env);
  expect(await finished).toMatchObject({ code: 1, output: expect.stringContaining("there-is-no-such-program cannot be started") });
});

test("a command that does not listen is killed after the grace", async () => {
  const command = startCommand([process.execPath, "--eval", stubborn()], root, process.env, 1);
  await once(server, "connection");
  command.end();
  await command.finished;
});

test("end() reaches what the command has started, also what does not listen", async () => {
  const command = node(parent("setInterval(() => {}, 1_000)"));
  const [line] = (await once(server, "connection")) as [Socket];
  const gone = once(line, "close");
  line.resume();
  command.end();
  await Promise.all([gone, command.finished]);
});

test("what outlives its parent does not outlive the stage", async () => {
  const command = node(parent(`require("node:net").connect(${port}, "127.0.0.1").on("data", () => process.exit(0))`));
  const lines: Socket[] = [];
  server.on("connection", (line: Socket) => void lines.push(line.on("error", () => {})));
  while (lines.length < 2) await once(server, "connection");
  const gone = lines.map((line) => once(line.resume(), "close"));
  for (const line of lines) line.write("go");
  await Promise.all([...gone, command.finished]);
});

test("a stage is a real command with its verdict", async () => {
  const stage = {
    name: "small",
    title: "small",
    lane: "light",
    command: [process.execPath, "--eval", "console.log(process.env.NO_COLOR)"],
  } as const;
  const { finished } = startStage(stage, { root, folder: root, terminal: false });
  expect(await finished).toMatchObject({ outcome: "passed", output: "1\n", counts: { passed: 1, failed: 0 } });
});

test("npm test with an unknown stage says which there are, in one line, with exit code 2", async () => {
  const { code, output } = await startCommand(["node", "scripts/checks/main.ts", "--only", "dogs"], root, process.env).finished;
  expect(code).toBe(2);
  expect(output).toMatch(/^There is no stage "dogs"\. Stages: generated, .+\.\n$/);
});
