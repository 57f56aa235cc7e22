import type { Json } from "../spec/document.ts";
import { isObject, valueAt } from "../spec/json.ts";
import type { ErrorRow } from "./error-table.ts";
import type { ExampleGroup } from "./examples.ts";
import { type Guide, guideBody } from "./guides.ts";
import { type Html, html } from "./html.ts";
import { inline } from "./markdown.ts";
import { page, type Row, table } from "./page.ts";
import type { CodeFacts } from "./read-code.ts";
import { anchorOf } from "./reference-page.ts";

export type ErrorsInput = {
  readonly project: string;
  /** docs/errors.md: the tables say more here. */
  readonly guide: Guide;
  readonly rows: readonly ErrorRow[];
  readonly commsCodes: CodeFacts["commsCodes"];
  readonly groups: readonly ExampleGroup[];
  urlOf(row: ErrorRow): string | undefined;
};

const retry: Readonly<Record<ErrorRow["retryable"], Html>> = {
  yes: html`<span class="badge good">yes</span>`,
  no: html`<span class="badge">no</span>`,
  depends: html`<span class="badge">as answered</span>`,
};

export function errorsPage({ project, guide, rows, commsCodes, groups, urlOf }: ErrorsInput): string {
  const byCode = table(
    "Errors by code",
    ["code", "What happened", "mayBeInEffect", "The way back", "retryable"],
    rows.map((row) => errorRow(row, urlOf(row))),
  );
  const ofTheService = table(
    "Communications codes",
    ["commsCode", "What it means", "What to fix", "Example"],
    Object.entries(commsCodes).map(([code, { meaning, fix }]) => commsRow(code, meaning, fix, groups)),
  );
  return page(project, {
    name: "errors",
    title: guide.title,
    lead: html`<p class="lead">${inline(guide.lead)}</p>`,
    body: guideBody(guide, { "by-code": byCode, "communications-codes": ofTheService }),
  });
}

function errorRow(row: ErrorRow, url: string | undefined): Row {
  const name = url === undefined ? html`${row.className}` : html`<a href="${url}">${row.className}</a>`;
  return {
    id: row.code,
    cells: [
      html`<code class="code">${row.code}</code><span class="under">${name}</span>`,
      inline(row.meaning),
      inline(row.inEffect),
      inline(row.toDo),
      retry[row.retryable],
    ],
  };
}

function commsRow(code: string, meaning: string, fix: string, groups: readonly ExampleGroup[]): Row {
  const links = groups
    .filter(({ kind }) => kind === "answer")
    .flatMap((group) =>
      group.examples
        .filter(({ value }) => commsCodeOf(value) === code)
        .map(
          ({ name }) =>
            html`<a href="reference.html#${anchorOf(group, name)}">${group.uses[0]?.status} <span class="name">${name}</span></a>`,
        ),
    );
  return {
    id: `code-${code}`,
    cells: [
      html`<code class="code">${code}</code>`,
      html`${meaning}`,
      html`${fix}`,
      html`${links.length > 0 ? links : "none in the document"}`,
    ],
  };
}

/** The code in either form of the envelope: a number as a string, or JSON inside the message. */
function commsCodeOf(value: Json): string | undefined {
  const code = valueAt(value, ["error", "code"]);
  const message = valueAt(value, ["error", "message"]);
  if (typeof code === "string" && /^\d+$/.test(code)) return code;
  if (typeof message !== "string" || !message.startsWith("{")) return undefined;
  const nested = JSON.parse(message) as Json;
  return isObject(nested) ? `${nested.errorCode}` : undefined;
}
