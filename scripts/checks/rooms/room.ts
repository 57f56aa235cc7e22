/** A folder, or a single file that is a door or an entry. What lies in a folder belongs to the longest path that is listed. */
export type Room = {
  /** From the repository's root; a folder ends in a slash. */
  readonly path: string;
  /** What is in it, in one sentence. */
  readonly holds: string;
  /** Rooms, or files of them, that it may import; each stands above it in the list. Its own files need no mention. */
  readonly may?: readonly string[];
  /** The same, for `import type` only; packages too. */
  readonly types?: readonly string[];
  /** Packages that it may import; `node:*` stands for every module of Node. */
  readonly packages?: readonly string[];
};

/** Rooms of `src/`, by what stands behind it. */
export const inSrc = (...names: string[]) => names.map((name) => `src/${name}`);

/** Folders of `scripts/`, by their names. */
export const inScripts = (...names: string[]) => names.map((name) => `scripts/${name}/`);
