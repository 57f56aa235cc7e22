import type diagnostics from "node:diagnostics_channel";
import type http from "node:http";
import type https from "node:https";
import type stream from "node:stream";
import type zlib from "node:zlib";

/** The modules of Node that requests need. */
export type NodeModules = {
  readonly http: typeof http;
  readonly https: typeof https;
  readonly stream: typeof stream;
  readonly zlib: typeof zlib;
  readonly diagnostics: typeof diagnostics;
};

/** What is looked at of a runtime. */
export type RuntimeGlobals = {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { getBuiltinModule?(name: string): unknown };
};

/**
 * Node's modules, each loaded when it is used; undefined on every other runtime. Asked for by `getBuiltinModule`, as an import of `node:http`
 * would keep the package out of browsers. Deno, Bun and workerd have that function too, and in each `fetch` is the better way: so the runtime
 * must call itself Node.
 */
export function nodeModules({ navigator, process }: RuntimeGlobals): NodeModules | undefined {
  if (navigator?.userAgent?.startsWith("Node.js/") !== true || process?.getBuiltinModule === undefined) return undefined;
  const get = (name: string) => process.getBuiltinModule?.(`node:${name}`);
  const modules = {
    get http() {
      return get("http");
    },
    get https() {
      return get("https");
    },
    get stream() {
      return get("stream");
    },
    get zlib() {
      return get("zlib");
    },
    get diagnostics() {
      return get("diagnostics_channel");
    },
  };
  return modules as NodeModules;
}
