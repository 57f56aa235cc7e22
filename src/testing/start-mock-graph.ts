import { loadModule } from "./load-module.ts";

/** A running mock of Graph. */
export type MockGraph = {
  /** Its root: pass it as `baseUrl`. */
  readonly url: string;
  /** Stops it and closes its connections. */
  close(): Promise<void>;
};

/** Options of `startMockGraph`. */
export type MockGraphOptions = {
  /** An OpenAPI document to serve instead of the packaged one. @default the packaged openapi.yaml */
  specPath?: string | undefined;
  /** Passes requests on to this server and checks both sides, instead of answering itself. @default undefined: mock */
  upstream?: string | undefined;
};

/**
 * What the mock is tested with; `test/unit/mock-peers.test.ts` holds it against package.json. `@stoplight/types` is required by prism-core, which does
 * not declare it, and without its version some package managers take the newest, 9999.9999.9999, which is broken.
 */
export const mockPeers: Readonly<Record<string, string>> = {
  "@stoplight/prism-core": "5.16.0",
  "@stoplight/prism-http": "5.16.0",
  "@stoplight/prism-http-server": "5.16.0",
  "@stoplight/types": "14.1.1",
};

/**
 * Starts Prism in this process, on a free port of 127.0.0.1, from the packaged spec. It checks each request against the spec and answers with
 * the spec's examples; the request header `Prefer: code=429, example=throttled` picks one. With `upstream` it is a validating proxy: an
 * answer that breaks the spec becomes a 500 of type `application/problem+json`.
 *
 * Needs Prism, an optional peer dependency. Prism never answers a body that is malformed JSON: give requests a time limit.
 */
export function startMockGraph(options: MockGraphOptions = {}): Promise<MockGraph> {
  return startMock(options, 0);
}

/** `startMockGraph` on a port of the caller's. Internal. */
export async function startMock(options: MockGraphOptions, port: number): Promise<MockGraph> {
  const { createLogger, getHttpOperationsFromSpec, createServer } = await loadPrism();
  const specPath = options.specPath ?? (await findPackagedSpec());
  const operations = await getHttpOperationsFromSpec(specPath);
  const checks = {
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: true,
    mock: { dynamic: false },
    upstreamProxy: undefined,
  };
  const server = createServer(operations, {
    cors: false,
    components: { logger: createLogger("mock", { level: "silent" }) },
    config:
      options.upstream === undefined ? { ...checks, isProxy: false } : { ...checks, isProxy: true, upstream: new URL(options.upstream) },
  });
  const url = await server.listen(port, "127.0.0.1");
  return { url, close: () => server.close() };
}

/** For who uses Prism in another way. Internal. @throws {Error} It is not there; says what to install. */
export async function requirePrism(): Promise<void> {
  await loadPrism();
}

/** Node is needed here, not by the fake beside it. */
async function findPackagedSpec(): Promise<string> {
  const { createRequire } = await loadModule<typeof import("node:module")>("node:module");
  return createRequire(import.meta.url).resolve("teams-recording-status/openapi.yaml");
}

/** Loaded on use: only those who start the mock need Prism. */
async function loadPrism() {
  try {
    const [{ createLogger }, { getHttpOperationsFromSpec }, { createServer }] = await Promise.all([
      loadModule<typeof import("@stoplight/prism-core")>("@stoplight/prism-core"),
      loadModule<typeof import("@stoplight/prism-http")>("@stoplight/prism-http"),
      loadModule<typeof import("@stoplight/prism-http-server")>("@stoplight/prism-http-server"),
    ]);
    return { createLogger, getHttpOperationsFromSpec, createServer };
  } catch (error) {
    const packages = Object.entries(mockPeers).map((peer) => peer.join("@"));
    throw new Error(`startMockGraph needs Prism, in these versions: npm install --save-dev --save-exact ${packages.join(" ")}`, {
      cause: error,
    });
  }
}
