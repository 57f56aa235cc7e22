// The repository's spec as the tests of the tools edit it: frozen/README.md says why.
import { fileURLToPath } from "node:url";
import { readSpecText, specPath } from "../../scripts/spec/document.ts";
import { limitOf, statusesOf } from "../support/as-it-is.ts";

/** In the place of the repository's root, with a slash at its end. */
export const frozenRoot = fileURLToPath(new URL("./frozen/", import.meta.url));
export const frozenSpec = readSpecText(frozenRoot + specPath);
export const frozenLimit = limitOf(frozenSpec);
export const frozenStatuses = statusesOf(frozenSpec);
