/** Headers that are about one connection, and what `fetch` works out by itself. RFC 9110 section 7.6.1 */
const ofOneConnection = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "host", "content-length", "expect"],
]);

/** What goes on to the other side. Nothing is compressed on the way: it is to be looked at. */
export function headersFor(side: "upstream" | "bot", headers: Readonly<Record<string, string>>): Record<string, string> {
  // A sender names further ones in its Connection header.
  const named = (headers.connection ?? "").toLowerCase().split(/[\s,]+/);
  const isKept = (name: string) => !ofOneConnection.has(name) && !named.includes(name) && name !== "content-encoding";
  const kept = Object.entries(headers).filter(([name]) => isKept(name));
  return { ...Object.fromEntries(kept), ...(side === "upstream" && { "accept-encoding": "identity" }) };
}

/**
 * A path without the version that a bot puts before it, where the upstream's root has that version already, or none, as the mock. A version
 * that is not the root's stays: no operation has such a path.
 */
export function belowRoot(path: string, root: string, versions: readonly string[]): string {
  const [, first = ""] = path.split(/[/?]/, 2);
  if (!versions.includes(first)) return path;
  const last = new URL(root).pathname.split("/").at(-1) ?? "";
  return versions.includes(last) && last !== first ? path : path.slice(first.length + 1);
}
