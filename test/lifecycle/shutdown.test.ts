// A real process with live recordings gets a real SIGTERM: `await graph.close()` stops them in the compliant order, then the process ends by itself.
import { describe, expect, onTestFinished, test } from "vitest";
import { type Bot, startBot } from "../support/lifecycle-bot.ts";
import { until } from "../support/lifecycle-wire.ts";

const onWindows = process.platform === "win32";
const name = onWindows ? "SIGTERM (skipped: Windows has no signal that a process can answer)" : "SIGTERM";
/** Far more than the way to the end takes, far less than the client's own bounds. */
const limitMs = 3_000;

describe.skipIf(onWindows)(name, () => {
  const start = async (...bot: Parameters<typeof startBot>): Promise<Bot> => {
    const started = await startBot(...bot);
    onTestFinished(() => started.close());
    return started;
  };

  test("while two calls are recorded: each recorder stops, then its end is reported; the process is gone", async () => {
    const { events, kill, exit } = await start(["one", "two"]);
    const persisted = (callId: string) => events.filter((event) => event === `persisted ${callId}`).length;
    await until(() => persisted("one") > 2 && persisted("two") > 2, "both calls are recorded");
    kill("SIGTERM");
    expect(await exit(limitMs)).toEqual({ code: 0, signal: null, stdout: "closed\n" });
    for (const callId of ["one", "two"]) {
      const own = events.filter((event) => event.endsWith(` ${callId}`)).map((event) => event.slice(0, -callId.length - 1));
      const [first, second, ...rest] = own;
      expect([first, second]).toEqual(["recording", "recorder starts"]);
      // Whatever was persisted came before the recorder was told to stop.
      expect(rest.filter((event) => event !== "persisted")).toEqual(["recorder stops", "recorder stopped", "notRecording"]);
      expect(rest.slice(-3)).toEqual(["recorder stops", "recorder stopped", "notRecording"]);
    }
    // Side by side: neither call waits until the other has been reported.
    expect(events.indexOf("recorder stops two")).toBeLessThan(events.indexOf("notRecording one"));
    expect(events.indexOf("recorder stops one")).toBeLessThan(events.indexOf("notRecording two"));
  });

  test("while a report is on its way: what may be in effect is closed; the process is gone", async () => {
    const { events, kill, exit } = await start(["one"], (event) => event === "recording one");
    await until(() => events.includes("recording one"), "the report arrives");
    kill("SIGTERM");
    expect(await exit(limitMs)).toEqual({ code: 0, signal: null, stdout: expect.stringMatching(/^(CLOSED\nclosed|closed\nCLOSED)\n$/) });
    expect(events).toEqual(["recording one", "failed one"]);
  });
});
