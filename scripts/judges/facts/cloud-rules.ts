import type { Json, JsonObject } from "../../spec/document.ts";
import { type Path, valueAt } from "../../spec/json.ts";
import { type Breach, object } from "./breach.ts";

type Server = { readonly at: Path; readonly url: URL; readonly cloud: JsonObject };

/** What must hold between the addresses of the clouds, their versions, and where they get their tokens. */
export function cloudRules(document: JsonObject): Breach[] {
  return [...addresses(document), ...tokenAddress(document), ...leftOut(document), ...belowApp(document)];
}

function addresses(document: JsonObject): Breach[] {
  return allServers(document).flatMap(({ at, url, cloud }) => {
    const [scope, address] = [`${url.origin}/.default`, `${url.origin}/${cloud.version}`];
    return [
      ...(cloud.tokenScope === scope
        ? []
        : [{ at: [...at, "x-cloud", "tokenScope"], cure: `write \`${scope}\`: the address and /.default.` }]),
      ...(`${valueAt(document, [...at, "url"])}` === address
        ? []
        : [{ at: [...at, "url"], cure: `write \`${address}\`, or another version in its x-cloud: the address ends with the version.` }]),
    ];
  });
}

function tokenAddress(document: JsonObject): Breach[] {
  const at = ["components", "securitySchemes", "graphApplication", "flows", "clientCredentials", "tokenUrl"];
  const global = serversAt(document, ["servers"]).find(({ cloud }) => cloud.name === "global");
  const [address, host] = [`${valueAt(document, at)}`, `${global?.cloud.authorityHost}`];
  if (global === undefined || (URL.canParse(address) && new URL(address).origin === host)) return [];
  return [{ at, cure: `the token's address must be at the authority host of the cloud \`global\`, ${host}.` }];
}

function leftOut(document: JsonObject): Breach[] {
  const served = list(document.servers).map((one) => object(one["x-cloud"]));
  const refused = list(document["x-unsupported-clouds"]);
  const [names, versions] = [new Set(served.map(({ name }) => name)), new Set(served.map(({ version }) => version))];
  const isKnown = (name: Json | undefined, version: Json | undefined) =>
    [...served, ...refused].some((one) => one.name === name && (one.version ?? version) === version);
  return [...names].flatMap((name) =>
    [...versions]
      .filter((version) => !isKnown(name, version))
      .map((version) => ({
        at: ["x-unsupported-clouds"],
        cure: `\`${name}\` ${version} is neither served nor refused: add it here with the reason, or to servers.`,
      })),
  );
}

/** The v1.0 metadata has no singleton `app`. */
function belowApp(document: JsonObject): Breach[] {
  return Object.keys(object(document.paths))
    .filter((path) => path.startsWith("/app/"))
    .flatMap((path) => {
      const own = serversAt(document, ["paths", path, "servers"]);
      const isBeta = own.length > 0 && own.every(({ cloud }) => cloud.version === "beta");
      const cure = "a path below /app exists in beta only: give it `servers` of its own, with beta addresses alone.";
      return isBeta ? [] : [{ at: ["paths", path], cure }];
    });
}

function allServers(document: JsonObject): Server[] {
  const paths = Object.keys(object(document.paths)).map((path) => ["paths", path, "servers"]);
  return [["servers"], ...paths].flatMap((at) => serversAt(document, at));
}

/** Those with an address: whatever else is no server is told by the linter. */
function serversAt(document: JsonObject, path: Path): Server[] {
  return list(valueAt(document, path)).flatMap(({ url, "x-cloud": cloud }, index) =>
    URL.canParse(`${url}`) ? [{ at: [...path, index], url: new URL(`${url}`), cloud: object(cloud) }] : [],
  );
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(object) : [];
}
