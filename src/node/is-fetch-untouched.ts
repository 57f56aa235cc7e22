import type { NodeModules } from "./modules.ts";

/**
 * Whether the global `fetch` does what Node made it for. If not, somebody wants to see or to lead the requests: a test that stubs it, MSW, a
 * proxy or a mock that is undici's global dispatcher, an instrumentation that listens to undici's channel. Then requests must leave by `fetch`;
 * in doubt they do.
 */
export function isFetchUntouched({ diagnostics }: Pick<NodeModules, "diagnostics">): boolean {
  const { fetch } = globalThis;
  return (
    remembered(fetch, isNodesFetch) &&
    dispatchers.every((name) => remembered((globalThis as Globals)[name], isNodesDispatcher)) &&
    !diagnostics.hasSubscribers("undici:request:create")
  );
}

/** The global dispatchers of undici, up to version 7 and since 8. Node sets them when `fetch` is first used; until then there is none. */
const dispatchers = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];
type Globals = { readonly [name: symbol]: object | undefined };

const answers = /* @__PURE__ */ new WeakMap<object, boolean>();

/** Each function or object is looked at once. */
function remembered(value: object | undefined, look: (value: object) => boolean): boolean {
  if (value === undefined) return true;
  const answer = answers.get(value) ?? look(value);
  answers.set(value, answer);
  return answer;
}

function isNodesFetch(fetch: object): boolean {
  return /^function fetch\(input, init = undefined\)/.test(String(fetch));
}

/** The one that Node makes has the same name as the one of the package undici: it shows by the file that refuses a wrong call. */
function isNodesDispatcher(dispatcher: object): boolean {
  if (!/^(Agent|Dispatcher1Wrapper)$/.test(dispatcher.constructor.name)) return false;
  try {
    (dispatcher as { dispatch(): void }).dispatch();
  } catch (error) {
    const [, refusedBy] = String((error as Error).stack).split(/\n\s+at /);
    return refusedBy?.includes("(node:internal/deps/undici/") === true;
  }
  return false;
}
