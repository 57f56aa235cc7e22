// What people put between a program and the network sees the client's requests, by default settings: mocks, and instrumentations that trace.
// The first argument is the folder of the built library. Each is tried in a process of its own, as what it does to `fetch` and `node:http` lasts.
import { deepStrictEqual } from "node:assert";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";

const operation = { id: "op-1", status: "completed", clientContext: null, resultInfo: null };
const credential = { getToken: async () => ({ token: "a-token", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const path = "/v1.0/communications/calls/call-1/updateRecordingStatus";

/** Reports once to a server that answers, or to Graph itself, which is not there. */
async function report(options) {
  const { createRecordingClient } = await import(pathToFileURL(`${process.argv[2]}/src/index.js`).href);
  const graph = createRecordingClient({ credential, retry: { limit: 0 }, ...options });
  const { id } = await graph.updateRecordingStatus("call-1", { status: "recording" });
  deepStrictEqual(id, "op-1");
}

async function withServer(use) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.setHeader("content-type", "application/json").end(JSON.stringify(operation)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/v1.0`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The spans of one report. */
async function spansWith(instrumentation, prepare) {
  const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = await import("@opentelemetry/sdk-trace-base");
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const { registerInstrumentations } = await import("@opentelemetry/instrumentation");
  registerInstrumentations({ instrumentations: [instrumentation], tracerProvider });
  await prepare?.();
  await withServer((baseUrl) => report({ baseUrl }));
  const clients = exporter.getFinishedSpans().filter(({ kind }) => kind === 2);
  deepStrictEqual(clients.length, 1);
}

const tried = {
  async msw() {
    const { http, HttpResponse } = await import("msw");
    const { setupServer } = await import("msw/node");
    let asked = "";
    const server = setupServer(
      http.post(`https://graph.microsoft.com${path}`, async ({ request }) => {
        asked = await request.text();
        return HttpResponse.json(operation);
      }),
    );
    server.listen({ onUnhandledRequest: "error" });
    await report();
    deepStrictEqual(JSON.parse(asked), { status: "recording" });
  },
  async nock() {
    const { default: nock } = await import("nock");
    nock.disableNetConnect();
    const scope = nock("https://graph.microsoft.com").post(path, { status: "recording" }).reply(200, operation);
    await report();
    scope.done();
  },
  async "instrumentation-undici"() {
    const { UndiciInstrumentation } = await import("@opentelemetry/instrumentation-undici");
    await spansWith(new UndiciInstrumentation());
  },
};

const one = process.argv[3];
if (one !== undefined) await tried[one]();
else
  for (const name of Object.keys(tried))
    execFileSync(process.execPath, ["--no-warnings", fileURLToPath(import.meta.url), process.argv[2], name], { stdio: "inherit" });
if (one === undefined) console.log(`${Object.keys(tried).join(", ")}: each has seen the request`);
