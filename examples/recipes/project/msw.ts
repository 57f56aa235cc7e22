// A Graph made by MSW from the document in the package: for tests of a bot whose `fetch` cannot be handed in. Run by: node --test msw.ts
import { deepEqual, equal, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fromOpenApi } from "@msw/source/open-api";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { createRecordingClient } from "teams-recording-status";

const document = readFileSync(fileURLToPath(import.meta.resolve("teams-recording-status/openapi.yaml")), "utf8");
const server = setupServer(...(await fromOpenApi(document))); // each answer is the first example of the document
const action = "https://graph.microsoft.com/v1.0/communications/calls/:id/updateRecordingStatus";

before(() => server.listen({ onUnhandledRequest: "error" })); // nothing goes out
afterEach(() => server.resetHandlers());
after(() => server.close());

const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const graph = createRecordingClient({ credential });

test("the documented answer confirms", async () => {
  const operation = await graph.updateRecordingStatus("my-call", { status: "recording" });
  equal(operation.status, "completed");
});

test("a refusal records nothing", async () => {
  const refusal = { error: { code: "8506", message: "API call not allowed for non-Compliance Recording call" } };
  server.use(http.post(action, () => HttpResponse.json(refusal, { status: 403 })));
  await rejects(graph.updateRecordingStatus("my-call", { status: "recording" }), { code: "HTTP", commsCode: 8506 });
});

test("the reports of a recording, in their order", async () => {
  const reported: unknown[] = [];
  server.use(
    http.post(action, async ({ request }) => {
      reported.push(await request.clone().json());
    }), // answers nothing: the handler of the document does
  );
  await graph.withRecording("my-call", { clientContext: "mine" }, () => {});
  deepEqual(reported[0], { status: "recording", clientContext: "mine" });
  equal((reported[1] as { status: string }).status, "notRecording");
});
