import { runNode } from "../../tool/run-node.ts";

/** As `npm run format` writes it; as it is, where the formatter does not read it. */
export async function formatted(root: string, file: string, text: string): Promise<string> {
  const program = `${root}node_modules/@biomejs/biome/bin/biome`;
  const { code, stdout } = await runNode([program, "format", `--stdin-file-path=${file}`], { cwd: root, input: text });
  return code === 0 && stdout !== "" ? stdout : text;
}
