import { isLoopback } from "../../input/endpoint.ts";

/** What a request says of where it comes from. */
export type Origins = {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly site: string | undefined;
};

/**
 * Why a request is refused; undefined when it is not. A page of some other site that is open in the same browser can send requests to loopback,
 * and by DNS rebinding as if it were from here: then the Host is its own name. What is no browser sends no Origin.
 */
export function refusalOf({ method, host, origin, site }: Origins): string | undefined {
  const url = `http://${host}`;
  if (host === undefined || !URL.canParse(url) || !isLoopback(new URL(url).hostname))
    return "This server answers under a name of loopback only: 127.0.0.1 or localhost.";
  if (method === "GET" || method === "HEAD") return undefined;
  if (origin !== undefined && origin !== url) return "A page of another site may change nothing here.";
  if (site !== undefined && site !== "same-origin" && site !== "none") return "A page of another site may change nothing here.";
  return undefined;
}
