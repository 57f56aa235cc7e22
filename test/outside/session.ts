// A client on the scripted Graph and real files in a temporary folder; what stood on disk is kept for the instant at which each report arrived.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOutsideClock } from "./clock.ts";
import { createOutsideGraph, type Plan } from "./graph.ts";
import { type ClientOptions, createClient, type Permit } from "./library.ts";

/** What stood on disk when a report arrived. */
export type Snapshot = { readonly status: string; readonly at: number; readonly files: { readonly [name: string]: Buffer } };

export function createSession(plan: Plan = { starting: [], closing: [] }, options: Partial<ClientOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "recording-"));
  const clock = createOutsideClock();
  const graph = createOutsideGraph(clock, plan);
  const { baseUrl, credential, fetch } = graph;
  const client = createClient({ baseUrl, credential, fetch, ...options }, clock.runtime);
  const snapshots: Snapshot[] = [];
  const closing = Promise.withResolvers<Snapshot>();
  const look = () => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  graph.onReport = ({ status }) => {
    const snapshot = { status, at: clock.now(), files: look() };
    snapshots.push(snapshot);
    if (status !== "recording") closing.resolve(snapshot);
  };
  return {
    clock,
    graph,
    client,
    snapshots,
    /** What stood on disk when the first closing report arrived. */
    closing: closing.promise,
    path: (name: string) => join(folder, name),
    look,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Before `pipe` took transforms, a chain of Node streams was joined by hand and its head given as the sink. */
export function pipeInto(permit: Permit, source: unknown, transform: NodeJS.ReadWriteStream, sink: NodeJS.WritableStream): Promise<void> {
  if ("persist" in permit) return permit.pipe(source, transform, sink);
  transform.pipe(sink);
  return (permit as Permit).pipe(source, transform);
}
