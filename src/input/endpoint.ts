import { BadInputError, UnsupportedCloudError } from "../model/errors.ts";
import { cut } from "../util/redact.ts";
import { type Cloud, clouds, unsupportedClouds } from "../wire.ts";

/** Where requests go: the service root that paths are appended to, its origin, and the scope of the token that it takes. */
export type Endpoint = { readonly baseUrl: string; readonly origin: string; readonly tokenScope: string; readonly authorityHost: string };

type Entry = { readonly authorityHost: string; readonly tokenScope: string; readonly versions: { readonly [version: string]: string } };
const createClient = "createRecordingClient";
const table: { readonly [cloud: string]: Entry } = clouds;

/** The endpoint of a cloud and version of the compiled table. @throws UNSUPPORTED_CLOUD, BAD_INPUT */
export function cloudEndpoint(cloud: string, version: string, action = createClient): Endpoint {
  const entry = cloudEntry(cloud, version, action);
  const baseUrl = Object.hasOwn(entry.versions, version) ? entry.versions[version] : undefined;
  if (baseUrl === undefined) {
    throw refuse(`version must be one of ${Object.keys(entry.versions).join(", ")} for cloud ${cloud}, not ${show(version)}.`, action);
  }
  return { baseUrl, origin: new URL(baseUrl).origin, ...entryOf(entry) };
}

/**
 * The endpoint of a service root that the caller chose: a mock, a proxy, or a cloud's own root. The token goes there, so the host must be
 * loopback, in the cloud table, or allowed in so many words.
 * @throws BAD_INPUT, UNSUPPORTED_CLOUD
 */
export function customEndpoint(baseUrl: string, cloud: string | undefined, allowUnknownHost: boolean): Endpoint {
  const url = parse(baseUrl);
  const entry = cloud === undefined ? undefined : cloudEntry(cloud);
  for (const { url: refused, reason } of unsupportedClouds) {
    if (isBelow(url, new URL(refused))) throw unsupported(`baseUrl ${show(baseUrl)}`, reason);
  }
  const home = Object.entries(table).find(([, { versions }]) =>
    Object.values(versions).some((root) => new URL(root).origin === url.origin),
  );
  if (home === undefined) requireTrust(url, baseUrl, allowUnknownHost);
  else if (cloud !== undefined && cloud !== home[0]) {
    throw refuse(`baseUrl ${show(baseUrl)} belongs to cloud ${home[0]}, not ${cloud}: a token of one cloud is not valid in another.`);
  }
  const root = url.origin + url.pathname.replace(/\/+$/, "");
  return { baseUrl: root, origin: url.origin, ...entryOf(entry ?? home?.[1] ?? clouds.global) };
}

function parse(baseUrl: string): URL {
  if (!URL.canParse(baseUrl)) throw refuse(`baseUrl ${show(baseUrl)} is no absolute URL.`);
  const url = new URL(baseUrl);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refuse(`baseUrl must be https (http for loopback), not ${url.protocol}//.`);
  if (url.username !== "" || url.password !== "") throw refuse("baseUrl must not hold a user name or password.");
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(baseUrl))
    throw refuse("baseUrl must have no query and no fragment: paths are appended to it.");
  return url;
}

function requireTrust(url: URL, baseUrl: string, allowUnknownHost: boolean): void {
  if (isLoopback(url.hostname)) return;
  if (url.protocol !== "https:") throw refuse(`baseUrl ${show(baseUrl)} must be https: the token would travel in the clear.`);
  if (!allowUnknownHost) {
    throw refuse(
      `baseUrl ${show(baseUrl)} is no host of Microsoft Graph, and the token would be sent to it. If that is what you want, add allowUnknownHost: true.`,
    );
  }
}

/** 127.0.0.0/8, ::1 and localhost. The URL parser has already made "127.1" and "0x7f.1" into dotted decimals. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether the service would take the one for a part of the other, however it is spelt. */
function isBelow(url: URL, root: URL): boolean {
  const [path, below] = [plainPath(root), plainPath(url)];
  return url.hostname.replace(/\.$/, "") === root.hostname && `${below}/`.startsWith(`${path}/`);
}

function plainPath({ pathname }: URL): string {
  const decoded = /%(?![0-9a-f]{2})/i.test(pathname) ? pathname : pathname.replace(/%[0-7][0-9a-f]/gi, decodeURIComponent);
  return decoded.toLowerCase().replace(/\/+/g, "/").replace(/\/$/, "");
}

function cloudEntry(cloud: string, version?: string, action = createClient): Entry {
  for (const { name, reason, ...only } of unsupportedClouds) {
    if (name !== cloud) continue;
    if (!("version" in only)) throw unsupported(cloud, reason, action);
    if (only.version === version) throw unsupported(`${cloud} with version ${version}`, reason, action);
  }
  const entry = Object.hasOwn(table, cloud) ? table[cloud] : undefined;
  if (entry !== undefined) return entry;
  throw refuse(`cloud must be one of ${(Object.keys(clouds) as Cloud[]).join(", ")}, not ${show(cloud)}.`, action);
}

function entryOf({ authorityHost, tokenScope }: Entry) {
  return { authorityHost, tokenScope };
}

function refuse(problem: string, action = createClient): BadInputError {
  return new BadInputError(`${action}: ${problem}`);
}

function unsupported(what: string, reason: string, action = createClient): UnsupportedCloudError {
  return new UnsupportedCloudError(`${action}: ${what} cannot be used. ${reason}`);
}

function show(text: string): string {
  return JSON.stringify(cut(text, 200));
}
