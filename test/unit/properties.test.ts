// What holds for every input, tried with random ones. A failure prints the seed and the smallest input that fails.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextLimit } from "../../scripts/judges/cases/body-cases.ts";
import { backoffMs, retryAfterMs } from "../../src/http/retry.ts";
import { createRecordingClient, isRecordingStatusError } from "../../src/index.ts";
import { createRedact } from "../../src/util/redact.ts";

const now = Date.UTC(2026, 10, 23);
const token = "secret-token-of-the-property-tests";
/** What fast-check's own unit "binary" gives, any code point but half of a pair; that one first makes a table of them all, for more than a second. */
const codePoint = fc.integer({ min: 0, max: 0x10ffff - 0x800 }).map(
  (place) => String.fromCodePoint(place < 0xd800 ? place : place + 0x800),
  (text) => {
    const point = String(text).codePointAt(0) ?? 0;
    if (String.fromCodePoint(point) !== text || !text.isWellFormed()) throw new Error("This is no single code point.");
    return point < 0xd800 ? point : point - 0x800;
  },
);
const anyText = fc.string({ unit: codePoint, maxLength: 300 });
const headerText = fc.string({ unit: fc.constantFrom(..."0123456789.,-+:eE GMTonuwdfjy".split("")), maxLength: 40 });

/** Sends one report to a `fetch` that gives the answer, without retries; tells what was sent and what came of it. */
async function send(callId: string, clientContext: string | undefined, answer: () => Response) {
  const sent: { url: string; body: { clientContext?: string } }[] = [];
  const graph = createRecordingClient({
    baseUrl: "http://localhost/v1.0",
    credential: { getToken: async () => ({ token, expiresOnTimestamp: 1e15 }) },
    retry: { limit: 0 },
    fetch: async (url, init) => {
      sent.push({ url, body: JSON.parse(String(init.body)) });
      return answer();
    },
  });
  const result = await graph.updateRecordingStatus(callId, { status: "recording", clientContext }).catch((error: unknown) => error);
  return { sent, result };
}
const completed = () => Response.json({ id: "1", status: "completed" });
const codePoints = (text: string) => Array.from(text).length;

describe("Retry-After", () => {
  test("any text gives a wait that is no less than nothing, or none", () => {
    fc.assert(
      fc.property(headerText, (text) => {
        const wait = retryAfterMs(new Headers({ "retry-after": text }), now);
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });

  test("seconds are never shortened", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.nat(3), (seconds, digits) => {
        const text = seconds.toFixed(digits);
        expect(retryAfterMs(new Headers({ "retry-after": text }), now)).toBeGreaterThanOrEqual(Number(text) * 1000);
      }),
    );
  });

  test("a date is never shortened", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(now), max: new Date(Date.UTC(9999, 0)), noInvalidDate: true }), (date) => {
        const wait = retryAfterMs(new Headers({ "retry-after": date.toUTCString() }), now);
        expect(wait).toBe(Math.floor(date.getTime() / 1000) * 1000 - now);
      }),
    );
  });

  test("without it the wait is from 100 ms to 8.1 s", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (retry, chance) => {
        const wait = backoffMs(retry, () => chance);
        expect(wait >= 100 && wait <= 100 + Math.min(8_000, 500 * 2 ** retry)).toBe(true);
      }),
    );
  });
});

test("a call id is one segment of the path that reads back as itself, or it is refused and nothing is sent", async () => {
  const ids = fc.oneof(anyText, fc.constantFrom("", ".", "..", "...", "%2e%2e", "a/../b", "\ud800", "a?b#c", "\u0000", "..\u0000"));
  await fc.assert(
    fc.asyncProperty(ids, async (id) => {
      const { sent, result } = await send(id, undefined, completed);
      const usable = id !== "" && id !== "." && id !== ".." && id.isWellFormed();
      if (!usable) {
        expect(result).toMatchObject({ code: "BAD_INPUT" });
        expect(sent).toEqual([]);
        return;
      }
      const path = new URL(sent[0]?.url ?? "").pathname.split("/");
      expect([path.length, decodeURIComponent(path[4] ?? ""), path[5]]).toEqual([6, id, "updateRecordingStatus"]);
    }),
  );
});

test("a context of up to so many code points as the spec allows arrives as it is, a longer one is refused and nothing is sent", async () => {
  const near = fc
    .integer({ min: contextLimit - 6, max: contextLimit + 6 })
    .chain((length) => fc.string({ unit: codePoint, minLength: length, maxLength: length }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyText, near), async (context) => {
      const { sent, result } = await send("c", context, completed);
      if (codePoints(context) <= contextLimit) expect(sent[0]?.body.clientContext).toBe(context);
      else expect([sent.length, (result as { code?: string }).code]).toEqual([0, "BAD_INPUT"]);
    }),
  );
});

describe("answers", () => {
  const json = fc.oneof(
    fc.json(),
    fc
      .record(
        { id: fc.oneof(fc.string(), fc.jsonValue()), status: fc.oneof(fc.constantFrom("completed", "Failed", "running"), fc.jsonValue()) },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
    fc
      .dictionary(fc.constantFrom("status", "id", "__proto__", "constructor", "resultInfo", "clientContext", "then"), fc.jsonValue())
      .map((body) => JSON.stringify(body)),
    anyText,
  );

  test("any 2xx body gives an operation that it holds, or an error of ours; success only where it says so", async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.constantFrom(200, 201, 202, 206), async (body, status) => {
        const { result } = await send("c", undefined, () => new Response(body, { status }));
        if (result instanceof Error) {
          expect(isRecordingStatusError(result) && ["BAD_ANSWER", "OPERATION_FAILED"].includes(result.code)).toBe(true);
        } else if ((result as { status: unknown }).status === "completed") {
          expect(String((JSON.parse(body.replace(/^\ufeff/, "")) as { status: unknown }).status).toLowerCase()).toBe("completed");
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("any error body gives HTTP or THROTTLED with its status, and no piece of the token", async () => {
    const echo = fc.tuple(anyText, anyText).map(([before, after]) => `${before}${token}${after}`);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          json,
          echo,
          fc.tuple(json, json).map(([code, message]) => JSON.stringify({ error: { code, message } })),
        ),
        fc.integer({ min: 400, max: 599 }),
        async (body, status) => {
          const { result } = await send("c", undefined, () => new Response(body, { status }));
          expect(result).toMatchObject({ code: status === 429 ? "THROTTLED" : "HTTP", status });
          expect(JSON.stringify(result) + String(result)).not.toContain(token.slice(0, 8));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("no text that was redacted holds eight characters of the token in a row", () => {
  const tokens = fc.string({ unit: fc.constantFrom(..."abcXYZ019._-".split("")), minLength: 16, maxLength: 60 });
  fc.assert(
    fc.property(tokens, fc.array(fc.oneof(fc.string(), fc.tuple(fc.nat(60), fc.nat(60))), { maxLength: 8 }), (secret, parts) => {
      const text = parts.map((part) => (typeof part === "string" ? part : secret.slice(part[0], part[0] + part[1]))).join("");
      const cleaned = createRedact(secret)(text).replaceAll("[token]", "\n");
      for (let at = 0; at + 8 <= secret.length; at++) expect(cleaned).not.toContain(secret.slice(at, at + 8));
    }),
  );
});
