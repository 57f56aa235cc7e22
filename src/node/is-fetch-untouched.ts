import type { NodeModules } from "./modules.ts";

type Globals = { readonly fetch?: object; readonly [name: symbol]: object | undefined };
type Looking = Pick<NodeModules, "diagnostics" | "util">;

/**
 * Whether the global `fetch` does what Node made it for. If not, somebody wants to see or to lead the requests: a test that stubs it, MSW, a
 * proxy or a mock that is undici's global dispatcher, an instrumentation that listens to undici's channels. Then requests must leave by `fetch`;
 * in doubt they do. Nothing of theirs is called for that: only texts are looked at.
 */
export function isFetchUntouched({ diagnostics, util }: Looking): boolean {
  try {
    const globals = globalThis as unknown as Globals;
    return (
      isNodesFetch(globals.fetch) &&
      dispatchers.every((name) => isNodesDispatcher(globals[name], util)) &&
      !channels.some((name) => diagnostics.hasSubscribers(name))
    );
  } catch {
    return false;
  }
}

/** The global dispatchers of undici, up to version 7 and since 8. Node sets them when `fetch` is first used; until then there is none. */
const dispatchers = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];

/** @see https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
const channels = [
  ...["create", "bodySent", "bodyChunkSent", "bodyChunkReceived", "headers", "trailers", "error"].map((name) => `undici:request:${name}`),
  ...["beforeConnect", "connected", "connectError", "sendHeaders"].map((name) => `undici:client:${name}`),
];

function isNodesFetch(fetch: object | undefined): boolean {
  return typeof fetch === "function" && isText(fetch, /^function fetch\(input, init = undefined\) \{[\s\S]*\bfetchImpl\b/);
}

/** One of the package undici has other texts, as Node's is a bundle. Who leads requests elsewhere puts a proxy or another `dispatch` around it. */
function isNodesDispatcher(dispatcher: object | undefined, { types }: NodeModules["util"]): boolean {
  if (dispatcher === undefined) return true;
  if (types.isProxy(dispatcher) || Object.hasOwn(dispatcher, "dispatch")) return false;
  return isText(
    dispatcher.constructor,
    /^class (_Dispatcher1Wrapper )?extends Dispatcher\w* \{\s+static \{\s+__name\(this, "(Agent|Dispatcher1Wrapper)"\)/,
  );
}

const known = /* @__PURE__ */ new WeakMap<object, boolean>();

/** Whether a function has such a text. Each is looked at once. */
function isText(value: object, pattern: RegExp): boolean {
  const answer = known.get(value) ?? (!Object.hasOwn(value, "toString") && pattern.test(textOf(value)));
  known.set(value, answer);
  return answer;
}

/** As the language tells it: who has replaced that may give one function the text of another. */
function textOf(value: object): string {
  const tell = Function.prototype.toString;
  const text = (of: object) => String(Reflect.apply(tell, of, []));
  return text(tell).endsWith("{ [native code] }") ? text(value) : "";
}
