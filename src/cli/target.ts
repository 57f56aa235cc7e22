import { cloudEndpoint, customEndpoint, type Endpoint, isLoopback } from "../input/endpoint.ts";
import { isRecordingStatusError } from "../model/any-error.ts";
import { type Cloud, clouds, unsupportedClouds } from "../wire.ts";
import { UsageError } from "./invocation.ts";
import { has, type Option, type Options, one, type Values } from "./options.ts";

const cloudNames = Object.keys(clouds) as Cloud[];
const versions = [...new Set(cloudNames.flatMap((cloud) => Object.keys(clouds[cloud].versions)))];
/** The first of the table, as in the library. */
const [defaultCloud, defaultVersion] = ["global", "v1.0"] as const satisfies readonly [Cloud, string];

const refused = unsupportedClouds.map((entry) => ("version" in entry ? `${entry.name} ${entry.version}` : entry.name)).join(", ");

/** Which Graph is meant: the same for every command that calls one. */
export const targetOptions: Options = {
  cloud: {
    value: cloudNames.join("|"),
    help: `The cloud of the call's tenant. Default: ${defaultCloud}. Not to be had: ${refused}.`,
  },
  version: { value: versions.join("|"), help: `The version of Graph. Default: ${defaultVersion}.` },
  "base-url": { value: "URL", help: "The whole service root instead, version included: a mock, the fake, a proxy. Loopback may be http." },
  "allow-unknown-host": { help: "Lets --base-url lead to a host that is no Graph and not loopback. It gets the token." },
};

export const tenantOption: Option = { value: "ID", help: "The tenant of the call, for multi-tenant bots. Default: the credential's own." };

/** Where requests go. */
export type Target = {
  readonly cloud: Cloud;
  readonly endpoint: Endpoint;
  readonly isLoopback: boolean;
  /** The same, as `createRecordingClient` takes it. */
  readonly options: { readonly baseUrl: string; readonly allowUnknownHost: boolean; readonly cloud?: Cloud };
};

/** @throws {UsageError} what the library refuses, in the words of the command line */
export function readTarget(values: Values): Target {
  const [cloud, version, baseUrl] = [one(values, "cloud"), one(values, "version"), one(values, "base-url")];
  if (baseUrl !== undefined && version !== undefined)
    throw new UsageError("Give --base-url or --version: --base-url includes the version.");
  const allowUnknownHost = has(values, "allow-unknown-host");
  const endpoint = inWordsOfOptions(() =>
    baseUrl === undefined
      ? cloudEndpoint(cloud ?? defaultCloud, version ?? defaultVersion)
      : customEndpoint(baseUrl, cloud, allowUnknownHost),
  );
  const chosen = cloudNames.find((name) => name === cloud);
  return {
    cloud: chosen ?? cloudNames.find((name) => clouds[name].tokenScope === endpoint.tokenScope) ?? defaultCloud,
    endpoint,
    isLoopback: isLoopback(new URL(endpoint.baseUrl).hostname),
    options: { baseUrl: endpoint.baseUrl, allowUnknownHost, ...(chosen !== undefined && { cloud: chosen }) },
  };
}

/** The upstream of the proxy is held to the same rules: the bot's token goes there. @throws {UsageError} */
export function readRoot(baseUrl: string, allowUnknownHost: boolean): Endpoint {
  return inWordsOfOptions(() => customEndpoint(baseUrl, undefined, allowUnknownHost), "--upstream");
}

/** Runs what reads input; what the library refuses is said of the options of the command line. @throws {UsageError} */
export function inWordsOfOptions<T>(read: () => T, baseUrl = "--base-url"): T {
  try {
    return read();
  } catch (error) {
    if (!isRecordingStatusError(error)) throw error;
    throw new UsageError(
      error.message
        .replace(/^(createRecordingClient|updateRecordingStatus): /, "")
        .replace("allowUnknownHost: true", "--allow-unknown-host")
        .replaceAll("baseUrl", baseUrl)
        .replace(/^(cloud|version) /, "--$1 ")
        .replace(/^callId\b/, "--call")
        .replace(/^update\.clientContext\b/, "--context"),
    );
  }
}
