import { createWatchedFake } from "../../testing/fake-graph.ts";
import { createRealClock } from "../../testing/real-clock.ts";
import { anyToken } from "../../testing/start-fake-graph.ts";
import type { Command } from "../command.ts";
import { createControl } from "../fake/control.ts";
import { createNotifier } from "../fake/notifier.ts";
import { createFakeServer, type Served } from "../fake/serve-fake.ts";
import { createSigner } from "../fake/signer.ts";
import { type Invocation, UsageError } from "../invocation.ts";
import { listen } from "../listen.ts";
import { one, portOption, readPort, type Values } from "../options.ts";
import { untilStopped } from "../serve.ts";

const defaultPort = 4020;

export const fake: Command = {
  name: "fake",
  summary: "Serves a Graph that remembers, with a page in the browser, to develop a bot against.",
  about: [
    "It knows calls, statuses and operations, and judges the terms of use by what the bot tells it. The page at its address shows each call's timeline live; there a person adds and ends calls, lets the next report fail, and ends operations, so that Graph's notifications go to the bot. Any Bearer token will do.",
    "With --audience notifications are signed: let the bot's verifier ask for keys at URL/fake/openid.",
  ],
  options: {
    port: portOption(defaultPort),
    call: { value: "ID", help: "A call that exists from the start; may be given several times.", isRepeatable: true },
    notify: { value: "URL", help: "The bot's webhook, which gets Graph's notifications. Default: they go nowhere." },
    audience: { value: "ID", help: "The bot's app id: notifications are signed for it. Default: they have no token." },
  },
  isServer: true,
  exits: { 0: "Ctrl-C or SIGTERM ended it." },
  examples: [
    "fake --port 4020",
    "fake --call my-call --notify http://127.0.0.1:8080/callback --audience 8a3f0b5e-6d0c-4c1e-9f3a-2b7d4e5f6a70",
  ],
  async run(invocation, values) {
    const clock = createRealClock();
    const port = readPort(values, defaultPort);
    const notify = readNotify(values);
    const audience = one(values, "audience");
    const signer = audience === undefined ? undefined : await createSigner(audience);
    let served: Served | undefined;
    const server = await listen(
      createFakeServer(() => served as Served),
      port,
    );
    const close = async () => {
      clock.stop();
      await server.close();
    };
    try {
      served = serveAt(server.url, { invocation, values, clock, notify, signer });
    } catch (error) {
      await close();
      throw error;
    }
    for (const line of greeting(server.url, notify, signer !== undefined)) invocation.out(line);
    return untilStopped(invocation, close);
  },
};

type Setting = {
  readonly invocation: Invocation;
  readonly values: Values;
  readonly clock: ReturnType<typeof createRealClock>;
  readonly notify: string | undefined;
  readonly signer: Served["signer"];
};

function serveAt(url: string, { invocation, values, clock, notify, signer }: Setting): Served {
  const { fetch, now, signal } = invocation;
  const epoch = now() - clock.monotonicNow();
  const watched = createWatchedFake({ clock, origin: url, accepts: anyToken });
  const notifier =
    notify === undefined ? undefined : createNotifier({ url: notify, signer, fetch, now: () => clock.monotonicNow() + epoch, signal });
  const control = createControl({ ...watched, notifier, notify, epoch });
  if (notifier !== undefined) watched.fake.onNotification((payload) => void notifier.send(payload));
  for (const callId of values.call ?? []) {
    const problem = control.actions.add?.({ callId });
    if (problem !== undefined) throw new UsageError(`--call ${JSON.stringify(callId)}: ${problem}`);
  }
  return { fake: watched.fake, control, signer, url };
}

function readNotify(values: Values): string | undefined {
  const notify = one(values, "notify");
  if (notify === undefined || /^https?:$/.test(URL.canParse(notify) ? new URL(notify).protocol : "")) return notify;
  throw new UsageError(`--notify must be an http or https URL, not ${JSON.stringify(notify)}.`);
}

function greeting(url: string, notify: string | undefined, isSigned: boolean): string[] {
  return [
    `A fake Microsoft Graph listens. Service root for the bot: ${url}/v1.0`,
    `Its page: ${url}/`,
    ...(notify === undefined
      ? []
      : [`Notifications are posted to ${notify}${isSigned ? `, signed; keys at ${url}/fake/openid` : ", without a token"}.`]),
    "Ctrl-C ends it.",
  ];
}
