import type { GraphFetch } from "../../http/exchange.ts";
import { isBag } from "../../util/own.ts";
import { showError } from "../../util/show-error.ts";
import type { Signer } from "./signer.ts";

/** A notification that was sent, and what the bot answered. */
export type Delivered = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly callId: string;
  readonly what: string;
  readonly answer: string;
  /** The bot answered with 2xx. */
  readonly isTaken: boolean;
};

export type Notifier = {
  /** Posts the body of a notification to the bot; never rejects. */
  send(payload: unknown): Promise<void>;
  /** The last of a call once more; false when there is none. */
  again(callId: string): boolean;
  readonly delivered: readonly Delivered[];
};

type NotifierOptions = {
  readonly url: string;
  readonly signer: Signer | undefined;
  readonly fetch: GraphFetch;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

const limitMs = 10_000;

/** Sends what Graph would, as Graph would. */
export function createNotifier({ url, signer, fetch, now, signal }: NotifierOptions): Notifier {
  const delivered: Delivered[] = [];
  const last = new Map<string, unknown>();
  const post = async (payload: unknown) => {
    const headers = { "content-type": "application/json", ...(signer && { authorization: `Bearer ${await signer.sign()}` }) };
    const until = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(payload), redirect: "manual", signal: until });
    await answer.body?.cancel();
    return answer;
  };
  const send = async (payload: unknown) => {
    const { what, callId } = readPayload(payload);
    last.set(callId, payload);
    const at = now();
    const sent = await post(payload).then(
      ({ status, ok }) => ({ answer: `The bot answers ${status}.`, isTaken: ok }),
      (error) => ({ answer: `The bot does not answer: ${reasonOf(error)}.`, isTaken: false }),
    );
    delivered.push({ at, callId, what, ...sent });
  };
  return {
    delivered,
    send,
    again(callId) {
      const payload = last.get(callId);
      if (payload !== undefined) void send(payload);
      return payload !== undefined;
    },
  };
}

/** What the fake's own notification is about. */
function readPayload(payload: unknown): { readonly callId: string; readonly what: string } {
  const [one] = (payload as { readonly value: readonly { readonly resourceUrl: string; readonly resourceData: unknown }[] }).value;
  const [, id = "", operation] = /\/calls\/([^/]+)(\/operations\/)?/.exec(one?.resourceUrl ?? "") ?? [];
  const data = isBag(one?.resourceData) ? one.resourceData : {};
  return { callId: decodeURIComponent(id), what: operation === undefined ? "the call is over" : `the operation is ${data.status}` };
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return showError(cause instanceof Error && cause.message !== "" ? cause : error);
}
