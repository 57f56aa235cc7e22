import { callableOperations, type Json, type JsonObject, type Server, type Spec } from "../spec/document.ts";
import { isObject, resolve } from "../spec/json.ts";
import { type Guide, guideBody } from "./guides.ts";
import { type Html, html } from "./html.ts";
import { inline, shortDescription } from "./markdown.ts";
import { page, table } from "./page.ts";

type Cloud = { readonly name: string; readonly servers: (Server & { description?: string })[]; readonly refused: Refused[] };
type Refused = NonNullable<Spec["x-unsupported-clouds"]>[number];

/** Every cloud that the spec names, supported or refused, in its order. */
function cloudsOf(spec: Spec): Cloud[] {
  const refused = spec["x-unsupported-clouds"] ?? [];
  const names = new Set([...spec.servers.map((server) => server["x-cloud"]?.name ?? ""), ...refused.map(({ name }) => name)]);
  return [...names].map((name) => ({
    name,
    servers: spec.servers.filter((server) => server["x-cloud"]?.name === name),
    refused: refused.filter((cloud) => cloud.name === name),
  }));
}

/** docs/clouds.md, whose tables say more here. */
export function cloudsPage(project: string, guide: Guide, document: JsonObject, spec: Spec): string {
  return page(project, {
    name: "clouds",
    title: guide.title,
    lead: html`<p class="lead">${inline(guide.lead)}</p>`,
    body: html`${guideBody(guide, { supported: servers(spec), refused: matrix(spec), permissions: permissions(document, spec) })}
<section aria-labelledby="operations"><h2 id="operations">Operations</h2>
${operations(spec)}</section>`,
  });
}

function matrix(spec: Spec): Html {
  const refused = spec["x-unsupported-clouds"] ?? [];
  const versions = [...new Set([...spec.servers.map((server) => server["x-cloud"]?.version), ...refused.map(({ version }) => version)])];
  const known = versions.filter((version) => version !== undefined);
  const rows = cloudsOf(spec).map((cloud) => ({ cells: [named(cloud.name), ...known.map((version) => support(cloud, version))] }));
  return table("Cloud by version", ["cloud", ...known], rows);
}

function support({ servers, refused }: Cloud, version: string): Html {
  if (servers.some((server) => server["x-cloud"]?.version === version)) return html`<span class="badge good">supported</span>`;
  const refusal = refused.find((cloud) => cloud.version === version || cloud.version === undefined);
  if (refusal === undefined) return html`<span class="badge">not stated</span>`;
  return html`<span class="badge bad">refused</span><span class="under">${refusal.reason}</span>`;
}

/** Where each cloud is. */
export function servers(spec: Spec): Html {
  const rows = (spec.servers as Cloud["servers"]).map(({ url, description = "", ...server }) => {
    const { name, version, authorityHost, tokenScope } = server["x-cloud"] ?? {};
    const place = html`<code>${url}</code><span class="under">${shortDescription(description)}</span>`;
    return { cells: [named(name, version), place, html`<code>${tokenScope}</code>`, html`<code>${authorityHost}</code>`] };
  });
  return table("Addresses of the clouds", ["cloud", "Service root", "Token scope", "Entra authority"], rows);
}

/** The application permissions, the least privileged first, as the operations list them. */
function permissions(document: JsonObject, spec: Spec): Html {
  const used = new Map<string, string[]>();
  for (const { operation } of callableOperations(spec)) {
    const alternatives = operation.security ?? (document.security as Record<string, string[]>[] | undefined) ?? [];
    for (const [scheme, scopes] of alternatives.flatMap((alternative) => Object.entries(alternative)))
      for (const scope of scopes) used.set(`${scheme} ${scope}`, [...(used.get(`${scheme} ${scope}`) ?? []), operation.operationId]);
  }
  const schemes = resolve(document, (document.components as JsonObject).securitySchemes);
  const known = isObject(schemes) ? schemes : {};
  const rows = [...used].map(([key, ids]) => {
    const [scheme = "", scope = ""] = key.split(" ");
    return { cells: [named(scope), shortDescription(scopeText(document, known[scheme], scope)), listed(ids)] };
  });
  const notes = Object.values(known).filter((scheme) => isObject(scheme) && scheme.type === "oauth2") as { description?: string }[];
  return html`${notes.map(({ description = "" }) => html`<p class="prose">${shortDescription(description)}</p>`)}
${table("Permissions", ["Application permission", "What it allows", "Any one of them suffices for"], rows)}`;
}

function scopeText(document: JsonObject, scheme: Json | undefined, scope: string): string {
  const found = resolve(document, scheme);
  const flows = isObject(found) && isObject(found.flows) ? Object.values(found.flows) : [];
  for (const flow of flows)
    if (isObject(flow) && isObject(flow.scopes) && typeof flow.scopes[scope] === "string") return flow.scopes[scope];
  return "";
}

function operations(spec: Spec): Html {
  const rows = callableOperations(spec).map(({ path, method, operation, servers: places }) => ({
    cells: [
      html`${named(operation.operationId)}${operation.deprecated && html`<span class="under"><span class="badge bad">deprecated</span></span>`}`,
      html`<code>${method.toUpperCase()} ${path}</code>`,
      listed([...new Set(places.map((server) => `${server["x-cloud"]?.name} ${server["x-cloud"]?.version}`))]),
    ],
  }));
  return table("Operations", ["Operation", "Request", "Exists in"], rows);
}

function named(name: string | undefined, under?: string): Html {
  return html`<code class="code">${name}</code>${under !== undefined && html`<span class="under">${under}</span>`}`;
}

function listed(names: readonly string[]): Html {
  return html`${names.map((name, index) => html`${index > 0 && ", "}<span class="name">${name}</span>`)}`;
}
