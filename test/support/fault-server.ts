// A scripted server on loopback for what no mock does: it breaks HTTP itself, on the socket.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type AnswerStep, type BytesStep, completed, type Step } from "./fault-server-steps.ts";

/** A request as it came. */
export type SeenRequest = {
  /** Counts from 0, in the order of arrival. */
  readonly index: number;
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  /** Empty when the answer did not wait for it. */
  readonly body: string;
  /** How many requests the same connection brought before. */
  readonly before: number;
  /** Resolves when its connection has closed. */
  readonly closed: Promise<void>;
};

/** Steps for the requests as they come, good answers after them; or a function that decides for each. */
export type Script = readonly Step[] | ((request: SeenRequest) => Step);

export type FaultServer = AsyncDisposable & {
  readonly url: string;
  readonly origin: string;
  readonly requests: readonly SeenRequest[];
  readonly sockets: { readonly open: number; readonly peak: number; readonly total: number };
  /** Requests that came and are not answered yet: the most at once. */
  readonly peakInFlight: number;
  /** Resolves when so many requests have come. */
  arrived(count: number): Promise<void>;
};

export async function startFaultServer(script: Script = []): Promise<FaultServer> {
  const state = createState(script);
  const server = createServer({ keepAliveTimeout: 60_000 });
  server.on("connection", (socket) => meet(socket, state));
  server.on("request", (request, response) => void serve(request, response, state));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/v1.0`,
    origin,
    requests: state.requests,
    get sockets() {
      return { open: state.sockets.size, peak: state.peakSockets, total: state.totalSockets };
    },
    get peakInFlight() {
      return state.peakInFlight;
    },
    async arrived(count) {
      if (state.requests.length >= count) return;
      await new Promise<void>((resolve) => state.waiting.push({ count, resolve }));
    },
    [Symbol.asyncDispose]: () => stop(server, state.sockets),
  };
}

type Connection = { requests: number; readonly closed: Promise<void> };
type State = ReturnType<typeof createState>;

function createState(script: Script) {
  const steps = typeof script === "function" ? [] : [...script];
  return {
    requests: [] as SeenRequest[],
    /** Those who want to know of a request, before it is answered. */
    waiting: [] as { readonly count: number; readonly resolve: () => void }[],
    sockets: new Map<Socket, Connection>(),
    peakSockets: 0,
    totalSockets: 0,
    inFlight: 0,
    peakInFlight: 0,
    /** Whether the next connection is refused; takes that step. */
    refusesNext: () => steps[0]?.kind === "refuse" && steps.shift() !== undefined,
    next: (request: SeenRequest): Step => (typeof script === "function" ? script(request) : (steps.shift() ?? completed())),
  };
}

function meet(socket: Socket, state: State): void {
  state.sockets.set(socket, { requests: 0, closed: new Promise((resolve) => socket.once("close", () => resolve())) });
  state.totalSockets++;
  state.peakSockets = Math.max(state.peakSockets, state.sockets.size);
  socket.on("error", () => {}); // The faults are meant.
  socket.on("close", () => state.sockets.delete(socket));
  if (state.refusesNext()) socket.resetAndDestroy();
}

async function serve(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const { socket } = request;
  const index = state.requests.length;
  const connection = state.sockets.get(socket) ?? { requests: 0, closed: Promise.resolve() };
  const { method = "", url = "", headers } = request;
  const known = { index, at: performance.now(), method, url, headers, before: connection.requests++, closed: connection.closed };
  state.inFlight++;
  state.peakInFlight = Math.max(state.peakInFlight, state.inFlight);
  response.once("close", () => state.inFlight--);
  const seen = { ...known, body: "" };
  // The place in the list is that of the arrival; the body follows.
  state.requests.push(seen);
  for (const { count, resolve } of state.waiting) if (count <= index + 1) resolve();
  const step = state.next(seen);
  if (step.kind !== "answer" || !step.early) seen.body = await bodyOf(request);
  if (step.kind === "refuse") socket.resetAndDestroy();
  else if (step.kind === "bytes") await sendBytes(socket, step);
  else await sendAnswer(response, step);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  try {
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
  } catch {
    // The client went away.
  }
  return text;
}

async function sendAnswer(response: ServerResponse, { status, headers, body, delayMs, early }: AnswerStep): Promise<void> {
  if (delayMs > 0) await pause(delayMs);
  response.writeHead(status, early ? { ...headers, connection: "close" } : headers);
  response.end(body);
}

async function sendBytes(socket: Socket, { chunks, everyMs, end }: BytesStep): Promise<void> {
  for (const chunk of chunks) {
    if (socket.destroyed) return;
    if (chunk.length > 0) await new Promise((resolve) => socket.write(chunk, resolve));
    if (everyMs > 0) await pause(everyMs);
  }
  if (end === "close") socket.end();
  // What was written must be on its way first: a reset discards the rest.
  else if (end === "reset") setTimeout(() => socket.resetAndDestroy(), chunks[0] === "" ? 0 : 5);
}

async function stop(server: Server, sockets: ReadonlyMap<Socket, unknown>): Promise<void> {
  const closed = once(server, "close");
  server.close();
  for (const socket of sockets.keys()) socket.destroy();
  await closed;
}
