import { execFileSync } from "node:child_process";
import { BadInput } from "../tool/bad-input.ts";
import { isInstalled, markInstalled } from "./tools/install.ts";

/** Installs what a folder's own lock file names, once for each lock file. Scripts of packages do not run, but for those that the folder allows. */
export function installLocked(folder: string, what: string, out: (text: string) => void): void {
  if (isInstalled(folder)) return;
  out(`Installing ${what}, which takes up to a minute.`);
  try {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
  } catch (error) {
    const [line = ""] = /^npm error (?!code).+$/m.exec(`${(error as { stderr?: string }).stderr}`) ?? [];
    throw new BadInput(
      `npm ci in ${folder} failed: ${line.replace("npm error ", "") || "see npm ci there"}. Is the registry within reach?`,
    );
  }
  markInstalled(folder);
}
