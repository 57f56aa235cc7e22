// What consumers may have: compilers, settings and what lies beside the package. Each row is compiled with each of its compilers.

/** The compilers of `tools/compilers/package.json`. */
export const compilers = ["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6.0", "7.0"] as const;
type Compiler = (typeof compilers)[number];

/** A folder into which the packed tarball is installed, and what a consumer installs besides. */
export type Scratch = "bare" | "older" | "full";
export const scratches: Readonly<Record<Scratch, readonly string[]>> = {
  bare: [],
  // The last types of Node that TypeScript 5.4 and 5.5 read without an error.
  older: ["@types/node@22.10.0"],
  full: ["@types/node@26.6.6", "@azure/identity@4.14.1", "redis@6.3.1"],
};

export type Row = {
  /** What a person would say of it. */
  readonly title: string;
  readonly scratch: Scratch;
  readonly compilers: readonly Compiler[];
  readonly files: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
};

const from = (oldest: Compiler) => compilers.slice(compilers.indexOf(oldest));
const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
const [dom, noDom] = [["ES2022", "DOM"], ["ES2022"]];
const nodeNext = { module: "NodeNext", moduleResolution: "NodeNext" };
const bundler = { module: "ESNext", moduleResolution: "Bundler" };
const consumer = ["consumer.ts"];
const everything = ["consumer.ts", "every-entry.ts"];

export const rows: readonly Row[] = [
  {
    title: "nodenext, strict, DOM, nothing of Node",
    scratch: "bare",
    compilers,
    files: consumer,
    options: { ...nodeNext, ...strict, lib: dom, types: [] },
  },
  {
    title: "bundler, loose, DOM, nothing of Node",
    scratch: "bare",
    compilers,
    files: consumer,
    options: { ...bundler, strict: false, lib: dom, types: [] },
  },
  {
    title: "nodenext, strict, no DOM, older types of Node",
    scratch: "older",
    compilers: ["5.4", "5.5"],
    files: consumer,
    options: { ...nodeNext, ...strict, lib: noDom, types: ["node"] },
  },
  {
    title: "nodenext, strict, no DOM, types of Node",
    scratch: "full",
    compilers: from("5.6"),
    files: everything,
    options: { ...nodeNext, ...strict, lib: noDom, types: ["node"] },
  },
  {
    title: "bundler, loose, DOM and types of Node",
    scratch: "full",
    compilers: from("5.6"),
    files: everything,
    options: { ...bundler, strict: false, lib: dom, types: ["node"] },
  },
  {
    title: "node20, strict, DOM and types of Node",
    scratch: "full",
    compilers: from("5.9"),
    files: everything,
    options: { module: "Node20", moduleResolution: "Node16", ...strict, lib: dom, types: ["node"] },
  },
  {
    title: "require() in CommonJS, nodenext, strict",
    scratch: "full",
    compilers: from("5.8"),
    files: ["common.cts"],
    options: { ...nodeNext, ...strict, lib: noDom, types: ["node"] },
  },
];
