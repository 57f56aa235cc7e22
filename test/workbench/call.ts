import { callTool, type Tool } from "../../scripts/tool/run-tool.ts";

/** What a tool said. */
export type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Calls a tool in this process, as its program does: on a repository, with nothing of this process's environment. */
export async function call(tool: Tool, root: string, ...args: readonly string[]): Promise<Run> {
  const said = { stdout: "", stderr: "" };
  const code = await callTool(tool, {
    args,
    root,
    env: {},
    out: (text) => (said.stdout += `${text}\n`),
    err: (text) => (said.stderr += `${text}\n`),
  });
  return { code, ...said };
}
