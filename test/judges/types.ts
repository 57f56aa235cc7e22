import { readFileSync } from "node:fs";
import ts from "typescript";
import { compile } from "../../scripts/generate.ts";
import { type JsonObject, SpecError } from "../../scripts/spec.ts";

const folder = new URL("./", import.meta.url).pathname;
const assertions = `${folder}wire-types.ts`;
const generatedFolder = new URL("../../generated/", import.meta.url).pathname;
const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es5.d.ts"],
  types: [],
};

/**
 * Judges documents by the assertions of wire-types.ts, with the generated files made from each document in memory. With `firstOnly` it may stop
 * at one objection, and asks the assertion first that objected last: mutants of one place mostly break the same one.
 */
export function createTypesJudge({ firstOnly = false } = {}): (document: JsonObject) => Promise<string[]> {
  const host = ts.createCompilerHost(options);
  const kept = new Map<string, ts.SourceFile>();
  let generated = new Map<string, string>();
  let previous: ts.Program | undefined;
  let inOrder: ts.VariableDeclaration[] = [];
  const readGenerated = (name: string) =>
    name.startsWith(generatedFolder) ? generated.get(name.slice(generatedFolder.length)) : undefined;
  const overlay: ts.CompilerHost = {
    ...host,
    fileExists: (name) => readGenerated(name) !== undefined || host.fileExists(name),
    readFile: (name) => readGenerated(name) ?? host.readFile(name),
    getSourceFile(name, languageVersion) {
      const text = readGenerated(name);
      if (text !== undefined) return ts.createSourceFile(name, text, languageVersion, true);
      const source = kept.get(name) ?? host.getSourceFile(name, languageVersion);
      if (source !== undefined) kept.set(name, source);
      return source;
    },
  };
  return async (document) => {
    try {
      generated = await compile(document);
    } catch (error) {
      if (error instanceof SpecError) return [`nothing can be generated: ${error.message}`];
      throw error;
    }
    const program = ts.createProgram([assertions], options, overlay, previous);
    previous = program;
    const source = program.getSourceFile(assertions);
    if (inOrder.length === 0 && firstOnly) inOrder = declarationsOf(source);
    const broken = inOrder.find(({ type }) => isFalse(type, program.getTypeChecker()));
    if (broken !== undefined) {
      inOrder = [broken, ...inOrder.filter((one) => one !== broken)];
      return [nameOf(broken)];
    }
    return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(source)].map((problem) => describe(problem));
  };
}

/** The assertions, each of which is a constant of the type `true`. */
function declarationsOf(source: ts.SourceFile | undefined): ts.VariableDeclaration[] {
  const statements = source?.statements.filter((one) => ts.isVariableStatement(one)) ?? [];
  return statements.flatMap(({ declarationList }) => [...declarationList.declarations]);
}

const isFalse = (type: ts.TypeNode | undefined, checker: ts.TypeChecker) =>
  type !== undefined && checker.getTypeFromTypeNode(type) === checker.getFalseType();
const nameOf = ({ name }: ts.VariableDeclaration) => `the type of ${name.getText()} is not as stated in test/judges/wire-types.ts`;

const lines = readFileSync(assertions, "utf8").split("\n");

/** The name of the assertion, which is what a reader can look up. */
function describe({ start = 0, file, messageText }: ts.Diagnostic): string {
  const line = file?.fileName === assertions ? file.getLineAndCharacterOfPosition(start).line : -1;
  const name = /const (\w+):/.exec(lines[line] ?? "")?.[1];
  const message = ts.flattenDiagnosticMessageText(messageText, " ");
  return name === undefined ? message : `the type of ${name} is not as stated in test/judges/wire-types.ts:${line + 1}`;
}
