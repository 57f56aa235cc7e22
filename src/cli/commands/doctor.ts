import { isToken } from "../../auth/request-token.ts";
import { exchangeBy } from "../../http/exchange.ts";
import { createTransport } from "../../http/transport.ts";
import { readUpdate } from "../../input/call-input.ts";
import { createRedact, cut } from "../../util/redact.ts";
import type { Command } from "../command.ts";
import { chooseCredential, credentialHelp } from "../credential.ts";
import { type Check, fail, linesOf, ok } from "../doctor/check.ts";
import { judgeAnswer, judgeClock, judgeSilence } from "../doctor/judge-answer.ts";
import { judgeToken } from "../doctor/judge-token.ts";
import { exit, type Invocation } from "../invocation.ts";
import { has, jsonOption, one, type Values } from "../options.ts";
import { readClaims } from "../read-claims.ts";
import { inWordsOfOptions, readTarget, type Target, targetOptions, tenantOption } from "../target.ts";
import { errorLine } from "../tell-error.ts";

/** The longest that a token or an answer is waited for, in milliseconds. */
const limitMs = 20_000;

export const doctor: Command = {
  name: "doctor",
  summary: "Says why reports do not work: credential, permissions, cloud, clock, reachability.",
  about: [
    "Gets a token and looks at it, then asks Graph for an operation that there is not, which changes nothing. It prints no token. Whether a recording policy invited the bot to a call no request can tell: a report is answered with 8506 then.",
    credentialHelp,
  ],
  options: {
    ...targetOptions,
    call: { value: "ID", help: "A call to ask for. Default: an id that no call has." },
    tenant: tenantOption,
    json: jsonOption,
  },
  exits: { 0: "Nothing failed; there may be warnings.", 1: "Something failed, and what to do stands below it." },
  examples: ["doctor", "doctor --cloud usGovL4 --tenant 2432b57b-0abd-43db-aa7b-16eadd115d34 --json"],
  async run(invocation, values) {
    const { out, version, now, signal } = invocation;
    const target = readTarget(values);
    const callId = inWordsOfOptions(() => readUpdate(one(values, "call") ?? nobody, { status: "notRecording" }).callId);
    const { token, checks } = await checkToken(invocation, values, target);
    const all: Check[] = [
      ok("version", `teams-recording-status ${version}, Node ${process.versions.node}`),
      ok("cloud", `${target.isLoopback ? "none (loopback)" : target.cloud}, ${target.endpoint.baseUrl}`),
      ...checks,
      ...(await checkAnswer(invocation, callId, target, token)),
    ];
    signal.throwIfAborted();
    const isWell = all.every(({ verdict }) => verdict !== "fail");
    if (has(values, "json")) out(JSON.stringify({ isWell, at: new Date(now()).toISOString(), checks: all }));
    else for (const line of all.flatMap(linesOf)) out(line);
    return isWell ? exit.ok : exit.bad;
  },
};

type Token = { readonly token: string | undefined; readonly checks: readonly Check[] };

async function checkToken(invocation: Invocation, values: Values, target: Target): Promise<Token> {
  const { now, signal } = invocation;
  const tenant = one(values, "tenant");
  try {
    const { credential, from, isDummy } = await chooseCredential(invocation, target);
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const options = { abortSignal, ...(tenant !== undefined && { tenantId: tenant }) };
    const { tokenScope } = target.endpoint;
    const token = (await untilAborted(credential.getToken(tokenScope, options), abortSignal))?.token;
    if (token === undefined) return { token, checks: [fail("credential", `${from} gave no token.`, "Check how it is configured.")] };
    // The client refuses to send it: what such a token says does not matter.
    if (!isToken(token)) return { token: undefined, checks: [fail("credential", `${from} gave a token with ${strange}.`, withoutStrange)] };
    const claims = isDummy ? [] : judgeToken(readClaims(token), { tokenScope, tenant, now: now() });
    return { token, checks: [ok("credential", `a token from ${from}`), ...claims] };
  } catch (error) {
    signal.throwIfAborted();
    return { token: undefined, checks: [failedCredential(error)] };
  }
}

const strange = "characters that no token has, such as a space or the end of a line";
const withoutStrange = "Look at how it is made: a file that was read with its last line break, quotes that were copied along.";

const signIn = "Sign in, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET: see DefaultAzureCredential of @azure/identity.";

/** What the library says to do is better than a guess. */
function failedCredential(error: unknown): Check {
  const { hint = signIn } = error as { hint?: string | undefined };
  return fail("credential", cut(errorLine(error).replace(` ${hint}`, ""), 400), hint);
}

/** A credential may be deaf to its signal. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const ended = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  return Promise.race([work, ended]);
}

/** The nonsense id of a call, and of an operation. */
const nobody = "00000000-0000-4000-8000-000000000000";

async function checkAnswer({ fetch, now, signal }: Invocation, callId: string, { endpoint }: Target, token: string | undefined) {
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const ask = createTransport({ baseUrl: endpoint.baseUrl, exchange: exchangeBy(token === undefined ? withoutToken(fetch) : fetch) });
  try {
    const init = { token: token ?? "", clientRequestId: crypto.randomUUID(), signal: abortSignal };
    const answer = await ask.getCallOperation({ callId, operationId: nobody }, init);
    return [judgeClock(answer.headers.get("date"), now()), judgeAnswer(answer, token !== undefined, createRedact(token))];
  } catch (error) {
    signal.throwIfAborted();
    const { cause } = error as { cause?: { cause?: unknown } };
    return [judgeSilence(createRedact(token)(errorLine(cause?.cause ?? cause ?? error)))];
  }
}

/** Graph answers without a token as well: that is enough to see that it is there. */
function withoutToken(fetch: Invocation["fetch"]): Invocation["fetch"] {
  return (url, init) => {
    const headers = new Headers(init.headers);
    headers.delete("authorization");
    return fetch(url, { ...init, headers });
  };
}
