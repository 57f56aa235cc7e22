/** What is looked at of a runtime; `process` is Node's. */
export type RuntimeGlobals = { readonly Promise: object; readonly process?: { readonly versions?: { readonly node?: string } } };

/**
 * Says in one line that the runtime is too old, when the package is loaded. It would say `Promise.withResolvers is not a function` at the first report,
 * when a call has begun already. Asks for the function and no version: an older Node with a polyfill will do.
 * @throws {Error} Node older than 22, and what is as old.
 */
export function checkRuntime({ Promise: promise, process }: RuntimeGlobals): void {
  if ("withResolvers" in promise) return;
  const node = process?.versions?.node;
  const found = node === undefined ? "this runtime has none" : `this is Node ${node}`;
  throw new Error(`teams-recording-status needs Node 22 or newer, or another runtime with Promise.withResolvers: ${found}.`);
}
