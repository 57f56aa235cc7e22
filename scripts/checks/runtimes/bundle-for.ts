import { rolldown } from "rolldown";

/** One file of a consumer's, with all that it imports. */
export async function bundleFor(platform: "browser", input: string, file: string): Promise<void> {
  const bundle = await rolldown({ input, platform });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
}
