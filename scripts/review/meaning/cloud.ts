import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject } from "../../spec/json.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { isSameAddress, sameHost } from "./address.ts";
import { asBefore, orderOnly, unknownExtension } from "./values.ts";

type Documents = { readonly base: JsonObject; readonly revision: JsonObject };

/** Clouds decide where a token goes: whatever takes one away or moves it breaks callers. */
export function cloudMeaning(difference: Difference, documents: Documents): Meaning {
  const { change, path, holder, base, revision } = difference;
  if (path[0] === "x-unsupported-clouds") return refusalMeaning(difference, documents);
  if (change === "reordered")
    return { side: "caller", bump: "patch", wire: "no", why: "The first server is the one that tools show first." };
  if (change === "renamed")
    return { side: "caller", bump: "major", wire: "no", why: "The address stays: callers must name its cloud or version in another way." };
  // A list of its own replaces the one above it.
  if (holder === "list:server") return serverMeaning(difference, documents);
  const [key, list] = [`${path.at(-1)}`, path.at(-1) === "servers"];
  if (list && sameServers(base ?? documents.base.servers, revision ?? documents.revision.servers)) return asBefore;
  // The scope of a token is no address: Entra gets it as it is written.
  if (key !== "tokenScope" && isSameAddress(difference)) return sameHost;
  if (list || key === "url") return broken("Callers send to another address.");
  if (key === "tokenScope") return broken("Callers get their token for another audience.");
  if (key === "authorityHost") return broken("Callers get their token from another authority.");
  return key === "variables" ? broken("The address is put together in another way.") : unknownExtension;
}

function serverMeaning({ change, base, revision }: Difference, documents: Documents): Meaning {
  if (change === "added") {
    const was = refuses(documents.base, cloudOf(revision)) ? "It was refused, and is served now: callers" : "Callers";
    return { side: "caller", bump: "minor", wire: "yes", why: `${was} can choose it.` };
  }
  const reason = refuses(documents.revision, cloudOf(base)) ? ", and told why" : "";
  return broken(`Callers in that cloud or version are refused now${reason}.`);
}

function refusalMeaning(difference: Difference, documents: Documents): Meaning {
  const { change, path, holder, base, revision } = difference;
  const key = `${path.at(-1)}`;
  if (change === "reordered") return orderOnly;
  if (holder === "list:unsupportedCloud" && change === "added") {
    if (serves(documents.base, revision)) return broken("It was served: callers in that cloud or version are refused now.");
    return { side: "caller", bump: "minor", wire: "no", why: "Callers there, who were refused before, are told why." };
  }
  if (holder === "list:unsupportedCloud" && change === "removed") {
    if (serves(documents.revision, base)) return { side: "caller", bump: "minor", wire: "yes", why: "It is served now." };
    return { side: "caller", bump: "minor", wire: "no", why: "Callers there are still refused, but no longer told why." };
  }
  if (key === "reason") return { side: "caller", bump: "patch", wire: "no", why: "Callers read another reason." };
  if (key === "url") return isSameAddress(difference) ? sameHost : broken("The client refuses another address.");
  return unknownExtension;
}

function broken(why: string): Meaning {
  return { side: "caller", bump: "major", wire: "yes", why };
}

/** Whether another difference says it already: a refusal that came or went with its server. */
export function isToldByServer({ change, path, holder, base, revision }: Difference, documents: Documents): boolean {
  if (path[0] !== "x-unsupported-clouds" || holder !== "list:unsupportedCloud") return false;
  if (change === "removed") return serves(documents.revision, base) && !serves(documents.base, base);
  return change === "added" && serves(documents.base, revision) && !serves(documents.revision, revision);
}

type Cloud = { readonly name?: Json; readonly version?: Json };

function cloudOf(server: Json | undefined): Cloud {
  const cloud = isObject(server) ? server["x-cloud"] : undefined;
  return isObject(cloud) ? (cloud as Cloud) : {};
}

/** An entry without a version speaks for the whole cloud. */
function covers(entry: Json | undefined, { name, version }: Cloud): boolean {
  return isObject(entry) && entry.name === name && (entry.version === undefined || entry.version === version);
}

function serves({ servers }: JsonObject, entry: Json | undefined): boolean {
  return Array.isArray(servers) && servers.some((server) => covers(entry, cloudOf(server)));
}

function refuses({ "x-unsupported-clouds": entries }: JsonObject, cloud: Cloud): boolean {
  return cloud.name !== undefined && Array.isArray(entries) && entries.some((entry) => covers(entry, cloud));
}

function sameServers(a: Json | undefined, b: Json | undefined): boolean {
  const urls = (list: Json | undefined) =>
    (Array.isArray(list) ? list : []).map((one) => JSON.stringify(isObject(one) ? { ...one, description: null } : one));
  return JSON.stringify(urls(a).sort()) === JSON.stringify(urls(b).sort());
}
