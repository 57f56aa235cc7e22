import type { JsonObject, Spec } from "../spec/document.ts";
import { servers } from "./clouds-page.ts";
import { code, json } from "./code.ts";
import type { Example, ExampleGroup, Use } from "./examples.ts";
import { embedJson, type Html, html } from "./html.ts";
import { description, shortDescription } from "./markdown.ts";
import { page } from "./page.ts";

type ReferenceInput = {
  readonly project: string;
  readonly document: JsonObject;
  readonly spec: Spec;
  readonly groups: readonly ExampleGroup[];
};
type Info = { readonly title?: string; readonly version?: string; readonly summary?: string; readonly description?: string };

const kinds: readonly (readonly [kind: ExampleGroup["kind"], title: string, id: string])[] = [
  ["request", "Requests", "requests"],
  ["answer", "Answers", "answers"],
  ["notification", "Notifications", "notifications"],
  ["header", "Headers of answers", "headers"],
  ["parameter", "Parameters", "parameters"],
];

/** The spec: its operations in Swagger UI, and after them every example, also those that Swagger UI does not show. */
export function referencePage({ project, document, spec, groups }: ReferenceInput): string {
  const info = document.info as Info;
  const shown = kinds.filter(([kind]) => groups.some((group) => group.kind === kind));
  return page(project, {
    name: "reference",
    title: "API reference",
    head: html`<link rel="stylesheet" href="assets/swagger-ui.css"><link rel="stylesheet" href="assets/reference.css">`,
    lead: html`<p class="lead">${info.summary ?? info.title}</p>
<p class="under">${info.title}, version ${info.version}. <a href="openapi.yaml" download>openapi.yaml</a></p>
<ul class="inner"><li><a href="#operations">Operations</a></li><li><a href="#servers">Servers</a></li><li><a href="#examples">Every example</a></li></ul>`,
    body: html`<section aria-labelledby="about"><h2 id="about" class="quiet">About this document</h2><div class="prose">${description(info.description ?? "")}</div></section>
<section aria-labelledby="operations"><h2 id="operations">Operations</h2>
${tryIt()}
<div id="swagger-ui"></div><noscript><p>The operations are shown by a script. The examples below need none.</p></noscript></section>
<section aria-labelledby="servers"><h2 id="servers">Servers</h2>
${servers(spec)}<p><a href="clouds.html">What each cloud supports</a></p></section>
<section aria-labelledby="examples"><h2 id="examples">Every example</h2>
<ul class="inner">${shown.map(([, title, id]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
${shown.map(([kind, title, id]) => html`<h3 id="${id}">${title}</h3>${groups.filter((group) => group.kind === kind).map(groupOf)}`)}</section>
<script type="application/json" id="spec">${embedJson(document)}</script>
<script src="assets/swagger-ui-bundle.js"></script><script src="assets/try-it.js"></script><script src="assets/reference.js"></script>`,
  });
}

/** One of the two is shown, by reference.ts: what can be tried, or how to get there. */
function tryIt(): Html {
  return html`<p class="note" id="try-it-off">To try the requests out against a mock on your machine, run <code>npm run preview</code> and open the address that it prints. From here nothing can be sent.</p>
<div class="note" id="try-it-on" hidden><p><strong>Try it out.</strong> Requests go to the Prism mock of this preview and nowhere else. <em>Prefer</em>, the first parameter of each operation, picks the answer; without it comes the first example.</p>
<p><label for="token">Token</label> <input id="token" value="dummy-token" autocomplete="off" spellcheck="false"> <span class="under">A dummy: the mock takes any. Empty it to see a 401. Never enter a real one.</span></p></div>`;
}

/** The id of an example on the page. */
export function anchorOf({ kind, name, uses: [use] }: ExampleGroup, example: string): string {
  const place = kind === "header" || kind === "parameter" ? name : undefined;
  const parts = [kind, use?.operationId, use?.status, place, example].filter((part) => part !== undefined);
  return parts.join("-").replaceAll(/[^\w-]+/g, "-");
}

function groupOf(group: ExampleGroup): Html {
  const { kind, name, uses, examples } = group;
  const statuses = [...new Set(uses.flatMap(({ status }) => status ?? []))];
  const title =
    kind === "header" || kind === "parameter"
      ? html`<code>${name}</code>`
      : html`${kind === "answer" && html`<span class="status s${statuses[0]?.[0]}">${statuses.join(", ")}</span> `}<span class="under">${name}</span>`;
  return html`<article class="examples"><h4>${title}</h4>
<div class="prose">${description(group.description)}</div>
<p class="uses">${kind === "header" ? "With" : "Of"} ${usesOf(uses)}</p>
<div class="cards-of-examples">${examples.map((example) => exampleOf(group, example))}</div></article>
`;
}

/** `updateRecordingStatus 401, 403; getCallOperation 401` */
function usesOf(uses: readonly Use[]): Html {
  const byOperation = Map.groupBy(uses, ({ operationId }) => operationId);
  return html`${[...byOperation].map(([id, found], index) => {
    const statuses = found.flatMap(({ status }) => status ?? []);
    return html`${index > 0 && "; "}<code>${id}</code>${statuses.length > 0 && ` ${statuses.join(", ")}`}`;
  })}`;
}

function exampleOf(group: ExampleGroup, { name, summary, value }: Example): Html {
  return html`<figure class="example" id="${anchorOf(group, name)}" data-example="${name}"><figcaption><strong>${name}</strong>${summary !== undefined && html` <span>${shortDescription(summary)}</span>`}</figcaption>
${typeof value === "string" ? code(value) : json(value)}</figure>`;
}
