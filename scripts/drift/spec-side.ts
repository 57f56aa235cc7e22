import { type JsonObject, readDocument, specPath } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Line, Model } from "./model.ts";
import { addressesOf, openApiModel, serversOf, versionOf } from "./openapi-model.ts";
import type { Source } from "./openapi-source.ts";

/** What the spec says of a cloud: it serves the action, refuses it, does both (which is a mistake), or says nothing. */
export type CloudStatement = { readonly says: "served" | "refused" | "both" | "unsaid"; readonly line: Line };

export type PublishedAt = { readonly cloud: string; readonly version: string; readonly address: string };

export type SpecSide = {
  readonly cloudNames: readonly string[];
  /** Of every cloud that it names: where Graph is. */
  readonly hosts: readonly string[];
  readonly cloud: (name: string, version: string) => CloudStatement;
  /**
   * Where Graph publishes its metadata: for each server, and for each cloud that is refused as a whole, whatever the version. A version that is
   * refused in a cloud with another one is not among them: that is what the docs say, whatever the metadata of that version has.
   */
  readonly published: readonly PublishedAt[];
  /** What can be called with that version, in that cloud or in any. */
  readonly modelOf: (version: string, cloud: string | undefined) => Model;
};

/** Our side of the comparison: the spec, read as any OpenAPI document is, and its cloud table. */
export function readSpecSide(text: string): SpecSide {
  const document = readDocument(text);
  let places: ReturnType<typeof createPlaceFinder> | undefined;
  const source: Source = {
    name: specPath,
    document,
    lineOf: (path) => {
      places ??= createPlaceFinder(text);
      return places(path)[0];
    },
  };
  const refused = (Array.isArray(document["x-unsupported-clouds"]) ? document["x-unsupported-clouds"] : []).filter(isObject);
  return {
    cloudNames: [...new Set([...serversOf(document).flatMap((server) => nameOf(server) ?? []), ...refused.map(({ name }) => `${name}`)])],
    hosts: [...serversOf(document), ...refused].flatMap(({ url }) => (URL.canParse(`${url}`) ? new URL(`${url}`).host : [])),
    cloud: (name, version) => {
      const server = serversOf(document).findIndex((one) => fits(one, version, name));
      const refusal = refused.findIndex((one) => one.name === name && (one.version === undefined || one.version === version));
      const path = refusal === -1 ? ["servers", ...(server === -1 ? [] : [server])] : ["x-unsupported-clouds", refusal];
      const says = server === -1 ? (refusal === -1 ? "unsaid" : "refused") : refusal === -1 ? "served" : "both";
      return { says, line: () => source.lineOf(path) };
    },
    published: publishedBy(serversOf(document), refused),
    modelOf: (version, cloud) => {
      const all = addressesOf(document);
      return openApiModel(
        source,
        all.filter(({ servers }) => servers.some((server) => fits(server, version, cloud))),
      );
    },
  };
}

function publishedBy(servers: readonly JsonObject[], refused: readonly JsonObject[]): PublishedAt[] {
  const served = servers.flatMap((server) => {
    const [cloud, version] = [nameOf(server), versionOf(server)];
    return cloud === undefined || version === undefined ? [] : [{ cloud, version, address: `${server.url}/$metadata` }];
  });
  const wholly = refused.filter(({ version }) => version === undefined);
  return [...served, ...wholly.map(({ name, url }) => ({ cloud: `${name}`, version: "v1.0", address: `${url}/v1.0/$metadata` }))];
}

function nameOf({ "x-cloud": cloud }: JsonObject): string | undefined {
  return isObject(cloud) && typeof cloud.name === "string" ? cloud.name : undefined;
}

function fits(server: JsonObject, version: string, cloud: string | undefined): boolean {
  return versionOf(server) === version && (cloud === undefined || nameOf(server) === cloud);
}
