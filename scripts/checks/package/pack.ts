import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../tool/root.ts";

/** The package as npm would publish it: the archive, and what is in it, unpacked. */
export type Packed = {
  readonly archive: string;
  /** Bytes of the archive. */
  readonly size: number;
  /** Where it is unpacked, without a trailing slash. */
  readonly folder: string;
  /** Paths in it. */
  readonly files: readonly string[];
};

/** Packs what stands in `dist/`, and unpacks it into a folder. */
export function pack(into: string): Packed {
  const text = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", into], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  });
  // npm 11 gives a list, later ones a record by package name.
  const [packed] = Object.values(JSON.parse(text)) as Listed[];
  if (packed === undefined) throw new Error("npm pack has packed nothing.");
  execFileSync("tar", ["-xzf", packed.filename], { cwd: into });
  return {
    archive: join(into, packed.filename),
    size: packed.size,
    folder: join(into, "package"),
    files: packed.files.map(({ path }) => path),
  };
}

type Listed = { readonly filename: string; readonly size: number; readonly files: readonly { readonly path: string }[] };
