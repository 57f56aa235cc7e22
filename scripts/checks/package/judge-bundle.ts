import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { rolldown } from "rolldown";
import { root } from "../../tool/root.ts";

/** What a test would call of the entry `./testing`. */
type Testing = {
  createFakeGraph(): { readonly baseUrl: string; addCall(id: string): void; fetch(url: string, init: object): Promise<Response> };
  startMockGraph(): Promise<unknown>;
};

/**
 * `./testing` in a bundle for a browser, where there is neither Prism nor Node: it must bundle without a warning, the fake must run, and the mock
 * must name what it needs.
 */
export async function judgeBundle(folder: string, peers: Readonly<Record<string, string>>): Promise<string[]> {
  const problems: string[] = [];
  const [input, alias] = [join(folder, "dist/src/testing/index.js"), { "openapi-fetch": `${root}node_modules/openapi-fetch` }];
  const onLog = (_: unknown, { message }: { message: string }) => {
    const [line] = stripVTControlCharacters(message).split("\n");
    problems.push(`the bundle of ./testing: ${line}`);
  };
  const bundle = await rolldown({ input, platform: "browser", resolve: { alias }, treeshake: false, onLog });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false, sourcemap: false });
  await bundle.close();
  try {
    // From an address like this no package can be found, whatever lies around.
    return [...problems, ...(await tryOut(await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`), peers))];
  } catch (error) {
    // Each line of the stack would hold the whole bundle.
    return [...problems, `the bundle of ./testing: ${error}`.replaceAll(/data:\S+/g, "the bundle")];
  }
}

async function tryOut({ createFakeGraph, startMockGraph }: Testing, peers: Readonly<Record<string, string>>): Promise<string[]> {
  const problems: string[] = [];
  const fake = createFakeGraph();
  const { status } = await fake.fetch(`${fake.baseUrl}/communications/calls/c/operations/o`, {});
  if (status !== 401) problems.push(`the bundle of ./testing: the fake answered a poll without a token with ${status}`);
  const refused = await startMockGraph().then(
    () => "nothing",
    (error: Error) => error.message,
  );
  for (const peer of Object.entries(peers).map((one) => one.join("@")))
    if (!refused.includes(peer)) problems.push(`startMockGraph without Prism does not name ${peer}: ${refused}`);
  return problems;
}
