import type { TokenCache } from "../auth/token-cache.ts";
import type { Transport } from "../http/transport.ts";
import type { ClientSettings } from "../input/client-options.ts";
import type { OnAttempt } from "../model/attempt-record.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Slots } from "../waiting/slots.ts";
import type { Ledger, LedgerDeps } from "./ledger.ts";
import type { Waiters } from "./waiters.ts";

/** What all calls of a client share. */
export type Services = {
  readonly settings: ClientSettings;
  readonly runtime: ClientRuntime;
  readonly transport: Transport;
  readonly tokens: TokenCache;
  readonly slots: Slots;
  readonly waiters: Waiters;
  /** What is kept in the journal; undefined without one. */
  readonly ledger: Ledger | undefined;
  /** Tells the caller's hook that the journal could not take something of a call. */
  readonly tellMissed: LedgerDeps["onMissed"];
  /** Tells every record to the journal and to the caller's hook. */
  readonly tell: OnAttempt | undefined;
};
