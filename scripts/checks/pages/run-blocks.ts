import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { type Block, type Page, wholeFile } from "./read-pages.ts";

/** What a file of the pages prints when it is run; one that is not here must end well, whatever it prints. */
const prints: Readonly<Record<string, string>> = { "first-call.ts": "completed", "fake.ts": "transcript []" };

type Ended = { readonly code: number | null; readonly printed: string };

/** Runs the blocks that have the name of a file, as a reader would, in a folder. Resolves with what is wrong. */
export async function runBlocks(pages: readonly Page[], folder: string): Promise<string[]> {
  const found = await Promise.all(
    pages.map(async ({ blocks }) => {
      const named = await Promise.all(blocks.filter(({ file }) => file !== undefined).map((block) => runFile(block, folder)));
      const bad = await Promise.all(blocks.filter(({ within }) => within !== undefined).map((block) => runBroken(block, blocks, folder)));
      return [...named, ...bad].flat();
    }),
  );
  return found.flat();
}

async function runFile({ file = "", code, place }: Block, folder: string): Promise<string[]> {
  writeFileSync(folder + file, code);
  const ended = await node(file, folder);
  const expected = prints[file];
  if (ended.code === 0 && (expected === undefined || ended.printed.trim() === expected)) return [];
  return [
    `${place} (${file}) ended with ${ended.code} and printed ${JSON.stringify(ended.printed)}; expected: ${expected ?? "exit code 0"}.`,
  ];
}

/** A block that breaks another one: that must fail, with the words of the text below it. */
async function runBroken(block: Block, blocks: readonly Block[], folder: string): Promise<string[]> {
  const file = `broken-${block.within}`;
  writeFileSync(folder + file, wholeFile(block, blocks));
  const { code, printed } = await node(file, folder);
  const shown = blocks.slice(blocks.indexOf(block)).find(({ language }) => language === "text")?.code ?? "";
  const missing = linesOf(shown).filter((line) => !linesOf(printed).some((one) => one.startsWith(line)));
  return [
    ...(code === 0 ? [`${block.place} should make ${block.within} fail, and it passed.`] : []),
    ...(shown === "" || missing.length > 0
      ? [`${block.place}: these lines of the text below it are not printed: ${missing.join("\n")}\n${printed}`]
      : []),
  ];
}

function linesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trimEnd()]));
}

function node(file: string, folder: string): Promise<Ended> {
  // What a test of ours sets for its processes is no part of a reader's shell.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file], { cwd: folder, env, timeout: 30_000, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.on("close", (code) => resolve({ code, printed }));
  });
}
