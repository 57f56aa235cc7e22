// What the mock must answer, worked out from the facts that are stated by hand: never from the document under judgement.
import type { Json } from "../spec/document.ts";
import { facts } from "./facts/all-facts.ts";

export type StatedAnswer = {
  /** `POST /communications/calls/{id}/updateRecordingStatus` */
  readonly operation: string;
  /** As in the spec: `200`, `default`. */
  readonly status: string;
  readonly example: string;
  readonly body: Json;
  /** By lower-case name: the first example of each header, which is the one that Prism sends. */
  readonly headers: Readonly<Record<string, string>>;
  /** The further examples of its headers, which Prism never sends. */
  readonly otherHeaders: readonly (readonly [name: string, value: string])[];
};

/** Every named example of every answer, in the facts' order: the first of an answer is the one that the mock sends unasked. */
export function statedAnswers(): StatedAnswer[] {
  const titles = new Set([...facts.keys()].flatMap((pointer) => /^[A-Z]+ \/\S+ → \w+/.exec(pointer) ?? []));
  return [...titles].flatMap((title) => {
    const [operation = "", status = ""] = title.split(" → ");
    const at = pointerOf(valueAt(title)) ?? title;
    const { headers, otherHeaders } = headersOf(at);
    return namesAt(`${at}: application/json`).map((example) => {
      const body = exampleAt(`${at}: application/json: example ${example}`);
      return { operation, status, example, body, headers, otherHeaders };
    });
  });
}

/** The named request bodies of an operation. */
export function statedRequests(operation: string): { example: string; body: Json }[] {
  const at = pointerOf(valueAt(`${operation}: request body`));
  if (at === undefined) return [];
  const body = `${at}: application/json`;
  return namesAt(body).map((example) => ({ example, body: exampleAt(`${body}: example ${example}`) }));
}

/** An operation's path with the stated examples of its parameters. */
export function statedPath(operation: string): string {
  const ids: Record<string, string> = { id: "CallId", operationId: "OperationId" };
  const [, path = ""] = operation.split(" ");
  return path.replace(/\{(\w+)\}/g, (_, name: string) => `${valueAt(`parameter ${ids[name]}: example`)}`);
}

export const statedOperations: readonly string[] = [
  ...new Set([...facts.keys()].flatMap((pointer) => /^[A-Z]+ \/\S+(?=: operationId$)/.exec(pointer) ?? [])),
];

function headersOf(at: string) {
  const prefix = `${at}: header `;
  const names = new Set(
    [...facts.keys()].filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length).split(": ")[0] ?? ""),
  );
  const headers: Record<string, string> = {};
  const otherHeaders: [string, string][] = [];
  for (const name of names) {
    const lone = valueAt(`${prefix}${name}: example`);
    const [first, ...others] =
      lone === undefined ? namesAt(`${prefix}${name}`).map((one) => exampleAt(`${prefix}${name}: example ${one}`)) : [lone];
    if (first !== undefined) headers[name.toLowerCase()] = `${first}`;
    otherHeaders.push(...others.map((value): [string, string] => [name.toLowerCase(), `${value}`]));
  }
  return { headers, otherHeaders };
}

/** Follows one `$ref` into the shared examples. */
function exampleAt(pointer: string): Json {
  const value = valueAt(pointer) ?? null;
  const shared = typeof value === "string" ? /^#\/components\/examples\/(.+)$/.exec(value) : null;
  return shared === null ? value : (valueAt(`example ${shared[1]}`) ?? null);
}

function namesAt(pointer: string): string[] {
  return (valueAt(`${pointer}: examples`) ?? []) as string[];
}

function pointerOf(value: Json | undefined): string | undefined {
  const [, kind, name] = (typeof value === "string" && /^#\/components\/(\w+)\/(\w+)$/.exec(value)) || [];
  const label = { responses: "response", requestBodies: "request body" }[kind ?? ""];
  return label === undefined ? undefined : `${label} ${name}`;
}

function valueAt(pointer: string): Json | undefined {
  return facts.get(pointer)?.value;
}
