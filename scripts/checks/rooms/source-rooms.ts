import { inSrc, type Room } from "./room.ts";

const core = inSrc("wire.ts", "util/", "model/", "waiting/", "auth/", "http/", "input/", "sending/", "lifecycle/");

/** What is published, and the spec from which it comes. */
export const sourceRooms: readonly Room[] = [
  {
    path: "openapi/",
    holds: "The spec, written by hand: the only place for a fact about the API. Its lint rules. [A page for reviewers](openapi/README.md).",
    packages: ["ajv", "ajv-formats"],
  },
  {
    path: "generated/",
    holds: "Types, constants and the policy-free fetch client, compiled and committed. Never edited by hand.",
    packages: ["openapi-fetch"],
  },
  { path: "src/wire.ts", holds: "The one door to `generated/`.", may: ["generated/"] },
  { path: "src/util/", holds: "What knows nothing of recordings: own properties, JSON, redaction, the check of a value against a schema." },
  {
    path: "src/model/",
    holds: "The words of the domain: operation, update, attempt, call id, communications codes, errors.",
    may: inSrc("wire.ts", "util/"),
  },
  {
    path: "src/waiting/",
    holds: "Clock, lifetime of a client, slots, the queue of a call, single flight.",
    may: inSrc("model/"),
  },
  { path: "src/auth/", holds: "What a credential is, and the tokens that are kept.", may: inSrc("model/", "waiting/") },
  {
    path: "src/http/",
    holds: "One exchange: a request goes out, an answer is read, a failure gets its name.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/"),
  },
  {
    path: "src/node/",
    holds:
      "Requests by Node's own HTTP client, and whether `fetch` must be used instead. Tested, and not in use yet: see `default-exchange.ts`.",
    may: inSrc("util/", "waiting/", "http/"),
    types: ["node:*"],
  },
  {
    path: "src/input/",
    holds: "What the caller hands in is checked, once, at the call.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/", "auth/", "http/"),
  },
  {
    path: "src/sending/",
    holds: "A report with all its attempts, until Graph has decided.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/", "auth/", "http/", "input/"),
  },
  {
    path: "src/lifecycle/",
    holds: "The life of a recording: a pure state machine, its driver, permit and gate.",
    may: inSrc("wire.ts", "util/", "model/", "waiting/", "input/", "sending/"),
  },
  {
    path: "src/notifications/",
    holds: "The entry `./notifications`: the verifier of tokens, the webhook's handler.",
    may: core,
    packages: ["jose"],
  },
  {
    path: "src/journal/",
    holds: "The entry `./journal`: what survives a crash, in a SQLite file of one process.",
    may: core,
    packages: ["node:sqlite", "node:crypto", "node:fs", "node:path"],
  },
  {
    path: "src/redis/",
    holds: "The entry `./redis`: what survives a crash, shared by several instances, in a Redis that the caller connects to.",
    may: core,
  },
  { path: "src/azure/", holds: "The entry `./azure`.", may: core, packages: ["@azure/identity"] },
  {
    path: "src/testing/",
    holds: "The entry `./testing`: mock, fake, clock, the monitor of order.",
    may: core,
    packages: ["@stoplight/prism-core", "@stoplight/prism-http", "@stoplight/prism-http-server", "node:module", "node:http"],
  },
  { path: "src/client.ts", holds: "The entry `./client`: the fetch client and its types.", may: inSrc("wire.ts") },
  { path: "src/recording-client.ts", holds: "The client: it puts the rooms together.", may: core },
  { path: "src/index.ts", holds: "The entry `.`: what is public.", may: [...core, "src/recording-client.ts"] },
  {
    path: "src/cli/",
    holds: "The command `teams-recording-status`: one file a command, decisions apart. Nothing imports it.",
    may: [...core, ...inSrc("recording-client.ts", "journal/", "azure/", "testing/")],
    packages: ["jose", "node:crypto", "node:fs", "node:http", "node:module", "node:readline/promises", "node:util"],
  },
];
