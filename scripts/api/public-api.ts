import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import { compileDeclarations, layOutPackage, type Problem } from "./compile-declarations.ts";

export type PublicApi = {
  /** Declarations by file name, such as `client.d.ts`. An entry that is too broken to be read is missing, and `problems` say why. */
  report: Map<string, string>;
  /** Why src/ does not compile with these generated files; empty when it does. */
  problems: Problem[];
};

/** The public API that the package of a repository would have with these generated files. Works in a temporary folder: the repository is only read. */
export function publicApi(root: string, generatedFiles: ReadonlyMap<string, string>): Promise<PublicApi> {
  return inTemporaryFolder(async (name) => {
    const folder = `${name}/`;
    await layOutPackage(root, folder, generatedFiles);
    // The bundler is loaded while the compiler runs.
    const [problems, { rollUp }] = await Promise.all([compileDeclarations(root, folder), import("./roll-up.ts")]);
    const report = await rollUp(folder, (error) => {
      if (problems.length === 0) throw error;
    });
    return { report, problems };
  });
}
