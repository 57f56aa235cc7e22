import { describeUnknown } from "../util/nearest-name.ts";
import { isBag } from "../util/own.ts";
import type { FakePollStep, FakeStep } from "./fake-step.ts";

/** A step as the service uses it: checked, and the caller's objects copied. */
export type ReadStep = Omit<FakeStep, "polls"> & { readonly polls: FakePollStep[] };

/** Says what a value must be, or undefined when it is that. */
type Check = (value: unknown) => string | undefined;

const is =
  (what: string, holds: (value: unknown) => boolean): Check =>
  (value) =>
    holds(value) ? undefined : what;
const oneOf = (...allowed: readonly unknown[]) =>
  is(allowed.map((one) => JSON.stringify(one)).join(" or "), (value) => allowed.includes(value));
const text = is("a string", (value) => typeof value === "string" && value !== "");
const milliseconds = is(
  "a number of milliseconds, from 0 on",
  (value) => typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY,
);
const status = is("a whole number from 200 to 599", (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599);
const headers = is("an object of strings that can be HTTP headers", (value) => isBag(value) && areHeaders(value));
const operation = is("a string or null", (value) => typeof value === "string" || value === null);

const pollKeys: { readonly [K in keyof Required<FakePollStep>]: Check } = {
  delayMs: milliseconds,
  status,
  headers,
  code: text,
  operation,
  unreadable: oneOf(403, 404),
  lose: oneOf("request", "answer"),
  silent: oneOf("request", "answer"),
};
const stepKeys: { readonly [K in keyof Required<FakeStep>]: Check } = {
  ...pollKeys,
  callId: text,
  becomes: oneOf("completed", "failed"),
  becomesAfterMs: milliseconds,
  polls: is("a step or a list of steps", (value) => Array.isArray(value) || isBag(value)),
};

/**
 * Reads what a test has scripted. Everything that the fake would not heed is refused: a step that does nothing makes a test that tests nothing.
 * @throws {TypeError} Names the step, its call, the key and the nearest key that there is.
 */
export function readPlan(plan: unknown): ReadStep[] {
  return listOf(plan).map((step, index, { length }) => {
    const place = `script${length > 1 ? `, step ${index + 1}` : ""}${placeOfCall(step)}`;
    const { polls, ...rest } = readKeys(step, stepKeys, place) as FakeStep;
    const steps = polls === undefined ? [] : listOf(polls);
    return { ...rest, polls: steps.map((poll, at) => readKeys(poll, pollKeys, `${place}, poll ${at + 1}`) as FakePollStep) };
  });
}

const listOf = (plan: unknown): readonly unknown[] => (Array.isArray(plan) ? plan : [plan]);

function placeOfCall(step: unknown): string {
  const callId = isBag(step) ? step.callId : undefined;
  return typeof callId === "string" ? ` (call ${JSON.stringify(callId)})` : "";
}

function readKeys(step: unknown, checks: { readonly [key: string]: Check }, place: string): { [key: string]: unknown } {
  if (!isBag(step)) throw new TypeError(`${place}: a step must be an object such as { status: 503 }, not ${show(step)}.`);
  const read: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(step)) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) throw new TypeError(`${place}: ${unknownKey(key, Object.keys(checks))}`);
    if (value === undefined) continue;
    const wanted = check(value);
    if (wanted !== undefined) throw new TypeError(`${place}: ${key} must be ${wanted}, not ${show(value)}.`);
    read[key] = value;
  }
  if (read.operation !== undefined && isBodyless(read.status)) {
    throw new TypeError(`${place}: an answer with ${read.status} has no body, so no operation can be in it: leave one of the two out.`);
  }
  return read;
}

function unknownKey(key: string, known: readonly string[]): string {
  return `there is no key ${describeUnknown(key, known)}`;
}

/** Answers that cannot have a body. */
export const isBodyless = (status: unknown): boolean => status === 204 || status === 205 || status === 304;

function areHeaders(value: { readonly [name: string]: unknown }): boolean {
  try {
    new Headers(value as Record<string, string>);
    return Object.values(value).every((one) => typeof one === "string");
  } catch {
    return false;
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return isBag(value) ? "an object" : Array.isArray(value) ? "a list" : String(value);
}
