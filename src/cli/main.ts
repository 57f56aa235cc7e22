#!/usr/bin/env node
// The command `teams-recording-status`. On a Node that is too old the package says so in one line, and a person at a terminal needs no stack.
import { checkRuntime } from "../util/check-runtime.ts";

try {
  checkRuntime(globalThis);
} catch (error) {
  console.error((error as Error).message);
  process.exit(2);
}
await import("./program.ts");
