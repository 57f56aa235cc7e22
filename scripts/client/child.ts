// Runs the client on examples, in a process of its own: with the generated files that it is given in the place of those on the disk, and with a
// `fetch` that answers from the examples. Nothing is sent. It reads an `Assignment` from stdin, and prints a `ClientRun`.
import { realpathSync } from "node:fs";
import { registerHooks } from "node:module";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Assignment, CaseResult, ClientRun } from "./assignment.ts";
import type { ExampleCase } from "./example-cases.ts";
import { createTracer } from "./tracing.ts";

const { root, generated, cases }: Assignment = JSON.parse(await text(process.stdin));
// Node gives modules the address of the real folder, whatever links lead there.
const here = `${pathToFileURL(realpathSync(root)).href}/`;
let replaced = 0;
registerHooks({
  load(url, context, next) {
    const source = url.startsWith(`${here}generated/`) ? generated[url.slice(`${here}generated/`.length)] : undefined;
    if (source === undefined) return next(url, context);
    replaced += 1;
    return { format: "module-typescript", source, shortCircuit: true };
  },
});
// Deep enough for the line that names what a helper reads for it.
Error.stackTraceLimit = 30;

type Client = {
  updateRecordingStatus(callId: string, update: unknown): Promise<unknown>;
  readonly notifications: { handle(payload: unknown): Promise<unknown> };
};
type Fetch = () => Promise<Response>;
// By its address: nothing in scripts/ leads to src/. It is the tree under review that is run.
const { createRecordingClient } = (await import(`${here}src/index.ts`)) as { createRecordingClient(options: object): Client };
const { enforcedKeywords } = (await import(`${here}src/util/schema-check.ts`)) as { enforcedKeywords: readonly string[] };

// Else it would be the files on the disk that are tried.
if (replaced === 0) throw new Error("None of the generated files was loaded.");

const tracer = createTracer(`${here}src/`);
const parse = JSON.parse;
const expires = Date.now() + 3_600_000;
const credential = { getToken: async () => ({ token: "token", expiresOnTimestamp: expires }) };
const connect = (fetch: Fetch) => createRecordingClient({ credential, fetch, baseUrl: "http://localhost/v1.0", retry: { limit: 0 } });
/** A report that the client sends: what it refuses gets no answer, of which it would read nothing. */
let update: unknown;

/** What the client says to an example: nothing, or the code and the message of its error. */
async function meet(one: ExampleCase): Promise<Pick<CaseResult, "refusal">> {
  const answer = one.kind === "answer" ? one : undefined;
  const body = JSON.stringify(answer?.body ?? { id: "1", status: "completed" });
  // The client parses what it is sent: what it makes of it is watched.
  JSON.parse = (given: string, ...rest: []) => (given === body ? tracer.watch(parse(given, ...rest)) : parse(given, ...rest));
  const client = connect(async () => {
    const response = new Response(body, {
      status: answer?.status ?? 200,
      headers: { "content-type": "application/json", ...answer?.headers },
    });
    return Object.defineProperty(response, "headers", { value: tracer.watchHeaders(response.headers) });
  });
  try {
    if (one.kind === "notification") await client.notifications.handle(tracer.watch(one.body));
    else await client.updateRecordingStatus("57dab8b1-894c-409a-b240-bd8beae78896", one.kind === "request" ? one.body : update);
    return {};
  } catch (error) {
    const { code = "a fault", message } = error as Error & { code?: string };
    return { refusal: { code, message } };
  } finally {
    JSON.parse = parse;
  }
}

for (const one of cases.filter(({ kind }) => kind === "request"))
  if (update === undefined && (await meet(one)).refusal?.code !== "BAD_INPUT") update = one.body;
const results: CaseResult[] = [];
for (const one of cases) {
  tracer.clear();
  const met = await meet(one);
  results.push({ ...met, reads: tracer.take() });
}
process.stdout.write(JSON.stringify({ results, enforced: enforcedKeywords } satisfies ClientRun));
