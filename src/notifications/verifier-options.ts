import type { GraphFetch } from "../http/exchange.ts";
import { isLoopback } from "../input/endpoint.ts";
import { asFunction, type Read, type Readers, readObject, readOptions, refuseFor } from "../input/read.ts";
import { given } from "../util/kind-of.ts";
import { notificationToken } from "../wire.ts";

/** Options of `createNotificationVerifier`. */
export type NotificationVerifierOptions = {
  /** The app id (client id) of the bot, or those of several bots that share a webhook. Required. */
  audience: string | readonly string[];
  /**
   * Who may have issued a token; each counts with and without a slash at its end. What the OpenID configuration says of itself widens nothing.
   * @default both issuers of Microsoft's own sample, `https://graph.microsoft.com` and `https://api.botframework.com`
   */
  issuers?: readonly string[] | undefined;
  /**
   * Where the keys are found; https, or http for loopback. A bot in a government cloud may need another.
   * @default `https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration`
   */
  openIdConfigurationUrl?: string | undefined;
  /** By how much the clocks of Graph and of this machine may differ, in seconds. @default 60 */
  clockToleranceSec?: number | undefined;
  /** The tenants whose calls the bot records, in any case. @default every tenant */
  tenants?: readonly string[] | undefined;
  /** Asks for OpenID configuration and keys. @default globalThis.fetch, looked up at each request */
  fetch?: GraphFetch | undefined;
};

/** What a token must be, read and completed. */
export type TokenRules = {
  readonly audiences: readonly string[];
  /** As they were given, for messages. */
  readonly issuers: readonly string[];
  /** Each of them without and with a slash at its end. */
  readonly acceptedIssuers: readonly string[];
  readonly clockToleranceSec: number;
  /** In lower case; undefined when every tenant will do. */
  readonly tenants: readonly string[] | undefined;
};

/** The options of a verifier, read and completed. */
export type VerifierSettings = {
  readonly rules: TokenRules;
  readonly openIdConfigurationUrl: string;
  readonly fetch: GraphFetch;
};

const defaultToleranceSec = 60;

const asText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

const asTexts: Read<readonly string[] | undefined> = (value, name, refuse) => {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw refuse(`${name} must be a list of strings; ${given(value)}`);
  const list: readonly unknown[] = [...value];
  if (list.length === 0) throw refuse(`${name} must not be empty: nothing would be accepted.`);
  const at = list.findIndex((item) => !asText(item));
  if (at >= 0) throw refuse(`${name}[${at}] must be a non-empty string; ${list[at] === "" ? "an empty one was given." : given(list[at])}`);
  return list as readonly string[];
};

const asAudience: Read<readonly string[]> = (value, name, refuse) => {
  const list = asTexts(typeof value === "string" ? [value] : value, name, (problem) => refuse(problem.replace(`${name}[0]`, name)));
  if (list === undefined) throw refuse(`${name} is required: the app id (client id) of the bot.`);
  return list;
};

const asUrl: Read<string | undefined> = (value, name, refuse) => {
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw refuse(`${name} must be a string; ${given(value)}`);
  const flaw = flawOfUrl(value);
  if (flaw !== undefined) throw refuse(`${name} ${flaw}.`);
  return value;
};

const asTolerance: Read<number | undefined> = (value, name, refuse) => {
  if (value === undefined || (typeof value === "number" && Number.isFinite(value) && value >= 0)) return value;
  throw refuse(`${name} must be a number of seconds from 0 on; ${given(value)}`);
};

const readers = {
  audience: asAudience,
  issuers: asTexts,
  openIdConfigurationUrl: asUrl,
  clockToleranceSec: asTolerance,
  tenants: asTexts,
  fetch: asFunction<GraphFetch>(),
} satisfies Readers<NotificationVerifierOptions>;

/** Reads the options of `createNotificationVerifier`, each once. @throws BAD_INPUT */
export function readVerifierOptions(options: unknown): VerifierSettings {
  const refuse = refuseFor("createNotificationVerifier");
  const bag = readObject(options, "the options must be an object with the audience, the bot's app id", refuse);
  const read = readOptions(bag, readers, refuse);
  const issuers = read.issuers ?? notificationToken.issuers;
  return {
    rules: {
      audiences: read.audience,
      issuers,
      acceptedIssuers: issuers.map((issuer) => issuer.replace(/\/$/, "")).flatMap((issuer) => [issuer, `${issuer}/`]),
      clockToleranceSec: read.clockToleranceSec ?? defaultToleranceSec,
      tenants: read.tenants?.map((tenant) => tenant.toLowerCase()),
    },
    openIdConfigurationUrl: read.openIdConfigurationUrl ?? notificationToken.openIdConfiguration,
    fetch: read.fetch ?? ((url, init) => globalThis.fetch(url, init)),
  };
}

/** Why keys may not be asked for at a URL, as the end of a sentence; undefined when they may: who can change them on their way signs what he likes. */
export function flawOfUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return "is no absolute URL";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "must not hold a user name or password";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return undefined;
  return "must be https (http for loopback only)";
}
