import { readFile, stat } from "node:fs/promises";
import { BadInput } from "../tool/bad-input.ts";

/** Microsoft's whole metadata has 3 MB, its largest OpenAPI document about ten times that. */
const mostBytes = 64 * 1024 * 1024;
const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export type Limits = {
  /** For the whole answer. @default 30_000 */
  readonly timeoutMs?: number;
  /** @default 64 MiB */
  readonly maxBytes?: number;
  /** @default the global one */
  readonly fetch?: Fetch;
};

/** The bytes of a file or of a web address, and the name under which messages speak of it. */
export async function readSource(argument: string, limits: Limits = {}): Promise<{ name: string; bytes: Uint8Array }> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(argument)?.[1]?.toLowerCase();
  if (scheme === undefined) return { name: argument, bytes: await readLocal(argument, limits.maxBytes ?? mostBytes) };
  if (scheme !== "http" && scheme !== "https") throw new BadInput(`${scheme}: only http, https and files are read.`);
  if (!URL.canParse(argument)) throw new BadInput(`${argument.split("?")[0]} is no valid address.`);
  return download(new URL(argument), limits);
}

async function readLocal(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw new BadInput(`${path} has ${mebibytes(size)}: more than ${mebibytes(maxBytes)} is not read.`);
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? `${error.code}` : undefined;
    if (code === undefined) throw error;
    const why = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "it may not be read" }[code] ?? code;
    throw new BadInput(`${path}: ${why}.`);
  }
}

async function download(
  url: URL,
  { timeoutMs = 30_000, maxBytes = mostBytes, fetch = globalThis.fetch }: Limits,
): Promise<{ name: string; bytes: Uint8Array }> {
  // Neither a password nor a token in the query may reach a log.
  const name = `${url.origin}${url.pathname}`;
  if (url.username !== "" || url.password !== "") throw new BadInput(`${name}: an address with a password in it is not read.`);
  try {
    // A redirect often leads to a sign-in page, or to another host: whoever asks decides.
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new BadInput(`${name} answered ${statusOf(response)}.`);
    }
    return { name, bytes: await bounded(response, maxBytes, name) };
  } catch (error) {
    if (error instanceof BadInput) throw error;
    if (error instanceof Error && error.name === "TimeoutError")
      throw new BadInput(`${name} did not answer in full within ${timeoutMs / 1000} s.`);
    throw new BadInput(`${name} cannot be read: ${reasonOf(error)}.`);
  }
}

function statusOf({ status, statusText, headers, url }: Response): string {
  const location = headers.get("location");
  const words = `${status}${statusText === "" ? "" : ` ${statusText}`}`;
  if (status < 300 || status > 399 || location === null) return words;
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  return `${words}, a redirect to ${target === undefined ? "no valid address" : `${target.origin}${target.pathname}`}: give that address if it is the right one`;
}

async function bounded(response: Response, maxBytes: number, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (size > maxBytes) throw new BadInput(`${name} has more than ${mebibytes(maxBytes)}, which is not read.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The cause says more than "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? `${cause.code}` : undefined;
  const message = cause instanceof Error ? cause.message : `${cause}`;
  return (code !== undefined && !message.includes(code) ? `${code} ${message}` : message || `${code}`).replace(/\s+/g, " ").trim();
}
