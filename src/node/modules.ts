import type diagnostics from "node:diagnostics_channel";
import type http from "node:http";
import type https from "node:https";
import type util from "node:util";
import type zlib from "node:zlib";

/** The modules of Node that requests need. */
export type NodeModules = {
  readonly http: typeof http;
  readonly https: typeof https;
  readonly zlib: typeof zlib;
  readonly util: typeof util;
  readonly diagnostics: typeof diagnostics;
};

/** What is looked at of a runtime. */
export type RuntimeGlobals = {
  readonly navigator?: { readonly userAgent?: unknown };
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
};

/**
 * Node's modules, each loaded when it is used; undefined on every other runtime, and in doubt. Asked for by `getBuiltinModule`, as an import of
 * `node:http` would keep the package out of browsers. Deno, Bun and workerd have that function too, and in each `fetch` is the better way: so
 * the runtime must call itself Node.
 */
export function nodeModules(runtime: RuntimeGlobals): NodeModules | undefined {
  const get = builtinsOf(runtime);
  if (get === undefined) return undefined;
  const modules = {
    get http() {
      return get("node:http");
    },
    get https() {
      return get("node:https");
    },
    get zlib() {
      return get("node:zlib");
    },
    get util() {
      return get("node:util");
    },
    get diagnostics() {
      return get("node:diagnostics_channel");
    },
  };
  return modules as NodeModules;
}

function builtinsOf(runtime: RuntimeGlobals): ((name: string) => unknown) | undefined {
  try {
    if (!String(runtime.navigator?.userAgent).startsWith("Node.js/")) return undefined;
    const get = runtime.process?.getBuiltinModule;
    return typeof get?.("node:http") === "object" ? get : undefined;
  } catch {
    // A sandbox whose globals may not be looked at.
    return undefined;
  }
}
