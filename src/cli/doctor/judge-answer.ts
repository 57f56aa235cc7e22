import type { Answer } from "../../http/answer.ts";
import { readGraphError } from "../../http/graph-error.ts";
import { commsCodes } from "../../model/comms-codes.ts";
import type { Redact } from "../../util/redact.ts";
import { type Check, fail, ok, warn } from "./check.ts";

const skew = { warnMs: 30_000, failMs: 300_000 };

/** The local clock against the answer's `Date`, which is precise to a second. */
export function judgeClock(date: string | null, now: number): Check {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return warn("clock", "the answer has no Date to compare with.", "Compare the clock with another machine's.");
  const offMs = now - theirs;
  const seconds = Math.round(Math.abs(offMs) / 1000);
  const found = `this machine is ${seconds} s ${offMs < 0 ? "behind" : "ahead of"} the server.`;
  if (Math.abs(offMs) >= skew.failMs) return fail("clock", found, "Set the clock: tokens are taken for ended, or not begun.");
  if (Math.abs(offMs) >= skew.warnMs) return warn("clock", found, "Set the clock, before tokens are refused for it.");
  return ok("clock", `within ${Math.max(1, seconds)} s of the server's`);
}

/** What Graph answered when it was asked for an operation that there is not. `hadToken`: a token was sent along. */
export function judgeAnswer({ status, body }: Answer, hadToken: boolean, redact: Redact): Check {
  const name = "reachability";
  const graph = readGraphError(body, redact);
  const known = graph?.commsCode === undefined ? undefined : commsCodes[graph.commsCode];
  const said = [status, graph?.commsCode ?? graph?.graphCode, graph?.graphMessage].filter((part) => part !== undefined).join(" ");
  if (status === 401 && !hadToken) return ok(name, "answered 401, as it must without a token.");
  if (status === 401)
    return fail(name, `the token is refused: ${said}`, "Check the credential, its tenant, and that the cloud is the tenant's own.");
  if (status >= 300 && status <= 399)
    return fail(
      name,
      `answered ${status}, a redirect.`,
      "Something stands between this machine and Graph: a proxy, a portal. Requests must reach Graph itself.",
    );
  if (status === 429 || status >= 500) return warn(name, `answered ${said}`, "The service is there, but busy or down: try again.");
  if (graph?.graphCode === "FakeGraph") return ok(name, "the fake of this package answers; it does not have this call.");
  // "Call not found" is what a call that there is not should be answered with; any other code is about the application.
  if (status !== 404 && known !== undefined)
    return fail(name, `answered ${said}`, `${known.meaning} ${known.fix.replace("as tenantId", "by --tenant")}`);
  if (status === 404 || (status >= 200 && status <= 299)) return ok(name, `answered ${said}: the token is taken.`);
  if (status === 403)
    return warn(
      name,
      `answered ${said}`,
      "Graph may refuse to have operations read back although it takes reports: check consent and policy if reports fail too.",
    );
  return warn(name, `answered ${said}`, "Compare the address with the documentation.");
}

/** No answer at all. */
export function judgeSilence(why: string): Check {
  return fail(
    "reachability",
    `no answer: ${why}`,
    "Check the address, DNS, firewall and proxy; Node takes HTTPS_PROXY only with NODE_USE_ENV_PROXY=1.",
  );
}
