import type { TokenCache } from "../auth/token-cache.ts";
import type { Transport } from "../http/transport.ts";
import type { ClientSettings } from "../input/client-options.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Slots } from "../waiting/slots.ts";
import type { Waiters } from "./waiters.ts";

/** What all calls of a client share. */
export type Services = {
  readonly settings: ClientSettings;
  readonly runtime: ClientRuntime;
  readonly transport: Transport;
  readonly tokens: TokenCache;
  readonly slots: Slots;
  readonly waiters: Waiters;
};
