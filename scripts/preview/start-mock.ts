import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { specPath } from "../spec/document.ts";

export type Mock = { readonly url: string; close(): Promise<void> };

/** Prism in this process, on a free port of 127.0.0.1, from the spec as it stands. */
export async function startMock(root: string): Promise<Mock> {
  const operations = await getHttpOperationsFromSpec(root + specPath);
  const server = createServer(operations, {
    cors: false,
    components: { logger: createLogger("preview", { level: "silent" }) },
    config: {
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: true,
      mock: { dynamic: false },
      isProxy: false,
      upstreamProxy: undefined,
    },
  });
  const url = await server.listen(0, "127.0.0.1");
  return { url, close: () => server.close() };
}
