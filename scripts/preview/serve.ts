import type { IncomingMessage, Server, ServerResponse } from "node:http";
import sirv from "sirv";
import { tryItScript } from "../docs/build-site.ts";
import { contentPolicy } from "../docs/page.ts";
import { sitePath } from "../docs/swap.ts";
import { forward, say } from "./forward.ts";

/** Where the mock is found from the pages. */
const mockPath = "/mock";

/** Answers with the files of the site, and passes what is below /mock on to the mock. */
export function serve(server: Server, root: string, mock: string): void {
  const files = sirv(root + sitePath, {
    // Looks at the disk each time: after `npm run docs` a reload shows the new pages.
    dev: true,
    setHeaders: (response) => {
      response.setHeader("content-security-policy", contentPolicy);
      response.setHeader("x-content-type-options", "nosniff");
      response.setHeader("referrer-policy", "no-referrer");
    },
  });
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? "/";
    if (url.startsWith(`${mockPath}/`)) return forward(request, response, mock, url.slice(mockPath.length));
    if (request.method !== "GET" && request.method !== "HEAD")
      return say(response, 405, "Only GET and HEAD; requests to the mock go below /mock.");
    if (url.split("?")[0] === "/assets/try-it.js") {
      response.writeHead(200, { "content-type": "text/javascript", "cache-control": "no-store" }).end(tryItScript(mockPath));
      return;
    }
    files(request, response, () => say(response, 404, "There is no such page."));
  };
  server.on("request", (request, response) => {
    handle(request, response).catch((error) => {
      if (!response.headersSent) say(response, 500, `The preview failed: ${error instanceof Error ? error.message : error}`);
      else response.destroy();
    });
  });
}
