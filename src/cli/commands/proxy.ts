import { createJudge, type GivenAnswer, type Judge, type SentRequest } from "../../testing/judge-exchange.ts";
import { showError } from "../../util/show-error.ts";
import { clouds } from "../../wire.ts";
import type { Command } from "../command.ts";
import { exit, type Invocation } from "../invocation.ts";
import { has, one, portOption, readPort } from "../options.ts";
import { serveProxy, type Watcher } from "../proxy/serve-proxy.ts";
import { untilStopped } from "../serve.ts";
import { readRoot, targetOptions } from "../target.ts";

const defaultPort = 4030;
const versions = [...new Set(Object.values(clouds).flatMap((cloud) => Object.keys(cloud.versions)))];

export const proxy: Command = {
  name: "proxy",
  summary: "Passes a bot's requests on to a mock, the fake or Graph, and holds both sides to the document.",
  about: [
    "Give the bot this proxy as its service root, in any language: a request and its answer pass unchanged, and whatever in them breaks the OpenAPI document is said on stderr, one line each. What the document does not describe, as most of Graph, passes unjudged. When it is stopped, by Ctrl-C or SIGTERM, it prints a summary, and its exit code is the verdict; in CI start node_modules/.bin/teams-recording-status, because npx does not pass SIGTERM on. The bot's token goes to the upstream. It needs the packages of Prism, and names them where they are missing.",
  ],
  options: {
    upstream: { value: "URL", help: "The service root behind it, version included where it has one.", isRequired: true },
    port: portOption(defaultPort),
    "allow-unknown-host": { help: `${targetOptions["allow-unknown-host"]?.help}`.replace("--base-url", "--upstream") },
  },
  isServer: true,
  exits: {
    0: "Every exchange kept to the document.",
    1: "There were violations; or no exchange at all, so that nothing is known.",
  },
  examples: ["proxy --upstream http://127.0.0.1:4020/v1.0", "proxy --upstream https://graph.microsoft.com/v1.0 --port 4030"],
  async run(invocation, values) {
    const port = readPort(values, defaultPort);
    const { baseUrl: root } = readRoot(one(values, "upstream") ?? "", has(values, "allow-unknown-host"));
    const watch = createWatch(invocation, await createJudge());
    const server = await serveProxy({ port, root, versions, fetch: invocation.fetch, watcher: watch.watcher });
    invocation.out(`A validating proxy listens on ${server.url} and passes on to ${root}. Ctrl-C ends it, and prints the verdict.`);
    await untilStopped(invocation, server.close);
    return watch.verdict();
  },
};

function createWatch({ err, out }: Invocation, judge: Judge) {
  const counts = { exchanges: 0, violations: 0, broken: 0, others: 0, unanswered: 0 };
  const judging = new Set<Promise<void>>();
  const judgeOne = async (request: SentRequest, answer?: GivenAnswer) => {
    const violations = await judge(request, answer).catch((error) => [`it could not be judged: ${showError(error)}`]);
    if (answer !== undefined || violations?.length) counts[violations === undefined ? "others" : "exchanges"]++;
    counts.violations += violations?.length ?? 0;
    if (violations?.length) counts.broken++;
    const answered = answer === undefined ? "without an answer" : `answered ${answer.status}`;
    for (const violation of violations ?? []) err(`violation: ${request.method} ${request.path}, ${answered}: ${violation}`);
  };
  const begin = (...exchange: Parameters<typeof judgeOne>) => {
    const judged = judgeOne(...exchange).then(() => void judging.delete(judged));
    judging.add(judged);
  };
  const watcher: Watcher = {
    onExchange: begin,
    onNoAnswer(request, why) {
      counts.unanswered++;
      err(`no answer: ${request.method} ${request.path}: ${why}`);
      // What was sent can be wrong all the same.
      begin(request);
    },
  };
  const verdict = async () => {
    await Promise.all(judging);
    out(summaryOf(counts));
    return counts.violations === 0 && counts.exchanges > 0 ? exit.ok : exit.bad;
  };
  return { watcher, verdict };
}

type Counts = { readonly [name in "exchanges" | "violations" | "broken" | "others" | "unanswered"]: number };

function summaryOf({ exchanges, violations, broken, others, unanswered }: Counts): string {
  const verdict = violations === 0 ? "no violation" : `${counted(violations, "violation")} in ${broken} of them`;
  return [
    exchanges === 0
      ? "No exchange of the document was seen: nothing is known of the bot."
      : `${counted(exchanges, "exchange")}, ${verdict}.`,
    ...(others === 0 ? [] : [`${counted(others, "request")} to what the document does not describe passed unjudged.`]),
    ...(unanswered === 0 ? [] : [`${counted(unanswered, "request")} got no answer from the upstream.`]),
  ].join(" ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
