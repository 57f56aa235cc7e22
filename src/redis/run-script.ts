import { isOurs, JournalError } from "../model/errors.ts";
import { cut } from "../util/redact.ts";
import { showError } from "../util/show-error.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { RedisJournalClient } from "./journal-options.ts";
import { notConnected } from "./redis-errors.ts";
import { leasesKey } from "./scripts-common.ts";

/**
 * Runs a script in Redis. Rejects at once when Redis is not connected, and after the time that a command has: what was
 * not written by then never is; what was written may have been done, or be done later.
 * @throws JOURNAL
 */
export type RunScript = (script: string, args: readonly string[]) => Promise<readonly string[]>;

type Send = (args: readonly string[]) => Promise<unknown>;

/** Makes the function that runs scripts. */
export function createRunScript(client: RedisJournalClient, timeoutMs: number, { schedule }: Pick<ClientRuntime, "schedule">): RunScript {
  const digests = new Map<string, Promise<string>>();
  const digestOf = (script: string) => {
    const digest = digests.get(script) ?? sha1(script);
    digests.set(script, digest);
    return digest;
  };
  const within = async (work: (send: Send) => Promise<unknown>): Promise<unknown> => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const tooLate = new AbortController();
    const cancel = schedule(() => {
      reject(noAnswer(timeoutMs));
      tooLate.abort();
    }, timeoutMs);
    const options = { abortSignal: tooLate.signal, timeout: 0 };
    work((args) => client.sendCommand(args, options)).then(resolve, reject);
    try {
      return await promise;
    } finally {
      cancel();
    }
  };
  return async (script, args) => {
    if (!client.isReady) throw notConnected();
    try {
      const reply = await within(async (send) => {
        const rest = ["1", leasesKey, ...args];
        try {
          return await send(["EVALSHA", await digestOf(script), ...rest]);
        } catch (error) {
          if (!showError(error).startsWith("NOSCRIPT")) throw error;
          return await send(["EVAL", script, ...rest]);
        }
      });
      return asTexts(reply);
    } catch (error) {
      throw isOurs(error) ? error : failed(error);
    }
  };
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Every script replies with a flat list of texts; a client may be set to give them as something else, such as Buffers. */
function asTexts(reply: unknown): readonly string[] {
  if (!Array.isArray(reply)) throw new TypeError("The reply is no list.");
  return reply.map(String);
}

function noAnswer(timeoutMs: number): JournalError {
  const hint = "It hangs, has too much to do, or cannot be reached.";
  return new JournalError(`Redis did not answer within ${timeoutMs} ms.`, { hint });
}

function failed(cause: unknown): JournalError {
  return new JournalError(`Redis did not do it (${cut(showError(cause), 300)}).`, { cause });
}
