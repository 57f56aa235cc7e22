// Which cases a change of the document cannot reach. Prism and the generator are functions of what is compared here, and of nothing else.

import type { Json, JsonObject } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import type { Operations, PrismRequest } from "./prism.ts";

type Operation = Operations[number];
/** What of a case's way differs: the answer that it ends with, or only how its request is matched and checked. */
export type Difference = "answer" | "request" | undefined;
type Differs = (request: PrismRequest, status: number) => Difference;

/**
 * Whether a request that is answered with a status can go otherwise than in the good document. What decides is how the request is matched and
 * checked, which statuses there are, and the answer that belongs to the status: its own, else that of its class, else the default. The proxy
 * sends no example of its own, and chooses no status.
 */
export function differencesFrom(good: Operations): (other: Operations) => { readonly mock: Differs; readonly proxy: Differs } {
  const routes = (operations: Operations) => JSON.stringify(operations.map(({ method, path }) => [method, path]));
  const goodRoutes = routes(good);
  // The good document's side once, not for each of a thousand others.
  const [compareMock, compareProxy] = [comparison(good, parts, true), comparison(good, (one) => parts(withoutExamples(one)), false)];
  return (other) => {
    if (routes(other) !== goodRoutes) return { mock: () => "answer", proxy: () => "answer" };
    return { mock: compareMock(other), proxy: compareProxy(other) };
  };
}

function comparison(good: Operations, partsOf: (operation: Operation) => Parts, choosesStatus: boolean): (other: Operations) => Differs {
  const known = good.map((one) => [one, partsOf(one)] as const);
  return (other) => {
    const pairs = known.map(([one, before], index) => {
      const { [index]: another = one } = other;
      return [one, before, another === one ? before : partsOf(another)] as const;
    });
    return ({ method, path, prefer }, status) => {
      const pair = pairs.find(([one]) => one.method === method.toLowerCase() && patternOf(one.path).test(path));
      if (pair === undefined) return "answer";
      const [, before, after] = pair;
      if (before.answerTo(status) !== after.answerTo(status)) return "answer";
      if (choosesStatus && prefer === undefined && before.statuses !== after.statuses) return "answer";
      return before.request === after.request ? undefined : "request";
    };
  };
}

type Parts = { readonly request: string; readonly statuses: string; answerTo(status: number): string | undefined };

function parts({ responses, ...rest }: Operation): Parts {
  const answers = new Map(responses.map((response) => [response.code, JSON.stringify(response)]));
  return {
    request: JSON.stringify(rest),
    statuses: [...answers.keys()].join(),
    answerTo: (status) => answers.get(`${status}`) ?? answers.get(`${status}`.replace(/..$/, "XX")) ?? answers.get("default"),
  };
}

/** One case for each request of which only the checking differs: what is asked for in `Prefer` plays no part in that. The first is a good one. */
export function needed<Case extends { readonly request: PrismRequest }>(
  cases: readonly Case[],
  differs: (one: Case) => Difference,
): Case[] {
  const checked = new Set<string>();
  return cases.filter((one) => {
    const difference = differs(one);
    if (difference !== "request") return difference === "answer";
    const { prefer: _, ...request } = one.request;
    const key = JSON.stringify(request);
    return !checked.has(key) && checked.add(key);
  });
}

function withoutExamples(operation: Operation): Operation {
  const strip = <T extends { examples?: unknown }>(list: readonly T[] = []) => list.map((one) => ({ ...one, examples: [] }));
  const responses = operation.responses.map((one) => ({ ...one, headers: strip(one.headers), contents: strip(one.contents) }));
  return { ...operation, responses } as Operation;
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const kept = patterns.get(template);
  if (kept !== undefined) return kept;
  const segments = template.split("/").map((segment) => (segment.startsWith("{") ? "[^/]*" : segment));
  const pattern = new RegExp(`^${segments.join("/")}$`);
  patterns.set(template, pattern);
  return pattern;
}

/** Whether a request goes to an operation that is word for word what an earlier one is, its name and its prose aside: it goes as it goes there. */
export function twinsOf({ paths }: JsonObject): (request: PrismRequest) => boolean {
  const seen = new Set<string>();
  const twins: [method: string, path: RegExp][] = [];
  for (const [path, item] of Object.entries(isObject(paths) ? paths : {})) {
    const { post, parameters: shared = [] } = isObject(item) ? item : {};
    if (!isObject(post)) continue;
    const { operationId: _, summary, description, deprecated, tags, servers, "x-successor": successor, ...rest } = post;
    const text = JSON.stringify([rest, shared, Object.keys(item as JsonObject).filter((key) => key !== "servers")]);
    if (seen.has(text)) twins.push(["POST", patternOf(path)]);
    seen.add(text);
  }
  return ({ method, path }) => twins.some(([one, pattern]) => one === method && pattern.test(path));
}

const forReaders = ["example", "examples", "description", "summary"];

/** What the generator compiles into code, as text: without examples and prose, which reach only its comments. */
export function typeRelevant(document: JsonObject): string {
  const strip = (node: Json, inNames: boolean): Json => {
    if (Array.isArray(node)) return node.map((member) => strip(member, false));
    if (typeof node !== "object" || node === null) return node;
    const kept = Object.entries(node).filter(([key]) => inNames || !forReaders.includes(key));
    // The keys of these are names that somebody chose, not keywords.
    return Object.fromEntries(
      kept.map(([key, value]) => [key, strip(value, !inNames && ["properties", "headers", "schemas"].includes(key))]),
    );
  };
  return JSON.stringify(strip(document, false));
}
