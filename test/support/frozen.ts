// The repository's spec as the tests of the tools edit it: frozen/README.md says why.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { limitOf, statusesOf } from "./as-it-is.ts";

/** In the place of the repository's root, with a slash at its end. */
export const frozenRoot = fileURLToPath(new URL("./frozen/", import.meta.url));
export const frozenSpec = readFileSync(`${frozenRoot}openapi/recording-status.yaml`, "utf8").replaceAll("\r\n", "\n");
export const frozenLimit = limitOf(frozenSpec);
export const frozenStatuses = statusesOf(frozenSpec);
