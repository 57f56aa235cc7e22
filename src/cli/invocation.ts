import type { TokenCredential } from "../auth/credential.ts";
import type { GraphFetch } from "../http/exchange.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Cloud } from "../wire.ts";

/** How the command is called: by `main.ts` with what a person typed, by a test in the test's own process. All that it takes from the world. */
export type Invocation = {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this package. */
  readonly version: string;
  /** A line for stdout: what was found out. */
  readonly out: (line: string) => void;
  /** A line for stderr: what is wrong, what is about to be done. */
  readonly err: (line: string) => void;
  /** Asks the person at the terminal, and resolves with the line, undefined at its end. Undefined where nobody sits at one. */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined;
  readonly fetch: GraphFetch;
  /** The default credential of a cloud. @throws {CredentialError} code `CREDENTIAL`: there is none on this machine */
  readonly credential: (cloud: Cloud) => Promise<TokenCredential>;
  /** The wall clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** For tests: what a client takes from the world besides the network. */
  readonly runtime?: Partial<ClientRuntime> | undefined;
  /** Aborted by Ctrl-C, and by SIGTERM. */
  readonly signal: AbortSignal;
};

/** Why `signal` is aborted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(by: "SIGINT" | "SIGTERM") {
    super(by === "SIGINT" ? "Stopped by Ctrl-C." : "Stopped by SIGTERM.");
    // What a shell reports of a program that a signal has ended: 128 and its number.
    this.exitCode = by === "SIGINT" ? 130 : 143;
  }
}

/** What the person at the keyboard can mend: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Said of every command. */
export const exit = { ok: 0, bad: 1, usage: 2 } as const;
