import { readFileSync } from "node:fs";
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

/** One entry of package.json: its public name, and its declarations as a path in the package. */
type Entry = { name: string; types: string };

/** Everything that a consumer's compiler can reach from each entry, as one file of declarations for each entry; by file name. */
export function rollUp(folder: string, onFailure: (error: unknown) => void): Map<string, string> {
  const report = new Map<string, string>();
  const entries = entriesOf(folder);
  let state: CompilerState | undefined;
  for (const entry of entries) {
    const file = `${entry.name.split("/")[1] ?? "index"}.d.ts`;
    try {
      const config = configFor(folder, entry.types, file);
      // One program for all entries: most of the time goes into making it.
      state ??= CompilerState.create(config, { additionalEntryPoints: entries.map(({ types }) => folder + types) });
      extract(config, state);
      report.set(file, header(entry.name) + readFileSync(config.untrimmedFilePath, "utf8"));
    } catch (error) {
      onFailure(error);
    }
  }
  return report;
}

function header(entry: string): string {
  return `// The public API of "${entry}": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by \`npm run api\`: do not edit.

`;
}

function entriesOf(folder: string): Entry[] {
  const { name, exports } = JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as {
    name: string;
    exports: Record<string, string | { types: string }>;
  };
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [{ name: name + path.slice(1), types: target.types.replace("./", "") }],
  );
}

function configFor(folder: string, types: string, file: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: folder + types,
      compiler: { tsconfigFilePath: `${folder}tsconfig.build.json` },
      // The roll-up, not the .api.md: the same declarations without "(undocumented)" and release tags, which speak of comments.
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: `${folder}roll-up/${file}` },
      messages: { compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } } },
      newlineKind: "lf",
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${folder}package.json`,
  });
}

function extract(config: ExtractorConfig, compilerState: CompilerState): void {
  const errors: string[] = [];
  Extractor.invoke(config, {
    localBuild: true,
    compilerState,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.text);
      message.handled = true;
    },
  });
  if (errors.length > 0) throw new Error(`api-extractor failed: ${errors.join("\n")}`);
}
