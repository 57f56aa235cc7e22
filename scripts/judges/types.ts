import { fileURLToPath } from "node:url";
import ts from "typescript";
import { compile } from "../generate/compile.ts";
import { sameCode } from "../generate/same-code.ts";
import { type JsonObject, SpecError } from "../spec/document.ts";

/** As the compiler writes paths, on every system. A path of a URL would hold "%20" for a space, and the compiler would find nothing there. */
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url)).replaceAll("\\", "/");
const assertions = pathOf("./wire-types.ts");
const generatedFolder = pathOf("../../generated/");
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

/** Judges documents by the assertions of wire-types.ts, with the generated files made from each document in memory. */
export function createTypesJudge(stated: string = assertions): (document: JsonObject) => Promise<string[]> {
  const programOf = createCompiler(stated);
  return async (document) => {
    const code = await compiled(document);
    return typeof code === "string" ? [code] : objectionsOf(programOf(code));
  };
}

/**
 * The same for documents that differ from a good one in one place, with the first objection alone. It asks the assertion first that objected
 * last: mutants of one place mostly break the same one.
 */
export async function createMutantTypesJudge(good: JsonObject): Promise<(document: JsonObject) => Promise<string[]>> {
  const programOf = createCompiler();
  const goodCode = await compile(good);
  let inOrder = declarationsOf(programOf(goodCode).getSourceFile(assertions));
  return async (document) => {
    const code = await compiled(document);
    if (typeof code === "string") return [code];
    if (sameCode(goodCode, code)) return [];
    const program = programOf(code);
    const checker = program.getTypeChecker();
    const broken = inOrder.find(({ type }) => type !== undefined && checker.getTypeFromTypeNode(type) !== checker.getTrueType());
    if (broken === undefined) return objectionsOf(program);
    inOrder = [broken, ...inOrder.filter((one) => one !== broken)];
    return [notAsStated(broken, checker)];
  };
}

/** What the document compiles to, or why it does not. */
async function compiled(document: JsonObject): Promise<Map<string, string> | string> {
  try {
    return await compile(document);
  } catch (error) {
    if (error instanceof SpecError) return `nothing can be generated: ${error.message}`;
    throw error;
  }
}

/** The assertions of a text in the place of wire-types.ts, each with what the compiler makes of it. */
export type Assertions = {
  readonly source: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** Those that do not hold. */
  readonly broken: readonly ts.VariableDeclaration[];
  /** The compiler objects to nothing: neither to an assertion nor to what stands beside them, such as a text that it cannot read. */
  readonly agrees: boolean;
};

/** Reads texts that may come into the place of wire-types.ts, with the files that a document compiles to. */
export function createAssertionsReader(generated: ReadonlyMap<string, string>): (text: string) => Assertions {
  const programOf = createCompiler();
  return (text) => {
    const program = programOf(generated, text);
    const [source, checker] = [program.getSourceFile(assertions) as ts.SourceFile, program.getTypeChecker()];
    const places = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0 }) => start);
    const broken = declarationsOf(source).filter((one) => places.some((start) => one.pos <= start && start < one.end));
    return { source, checker, broken, agrees: places.length === 0 };
  };
}

/** Makes programs of the assertions and the generated files that it is given; all the others are read once. */
function createCompiler(stated: string = assertions): (generated: ReadonlyMap<string, string>, text?: string) => ts.Program {
  const host = ts.createCompilerHost(options);
  const kept = new Map<string, ts.SourceFile>();
  let files: ReadonlyMap<string, string> = new Map();
  let statedText: string | undefined;
  let previous: ts.Program | undefined;
  const readGenerated = (name: string) => (name.startsWith(generatedFolder) ? files.get(name.slice(generatedFolder.length)) : undefined);
  const overlay: ts.CompilerHost = {
    ...host,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    fileExists: (name) => readGenerated(name) !== undefined || host.fileExists(name),
    readFile: (name) => readGenerated(name) ?? host.readFile(name),
    getSourceFile(name, languageVersion) {
      const text = name === stated && statedText !== undefined ? statedText : readGenerated(name);
      if (text !== undefined) return ts.createSourceFile(name, text, languageVersion);
      const source = kept.get(name) ?? host.getSourceFile(name, languageVersion);
      if (source !== undefined) kept.set(name, source);
      return source;
    },
  };
  return (generated, text) => {
    [files, statedText] = [generated, text];
    previous = ts.createProgram([stated], options, overlay, previous);
    refuseEmpty(previous, generated, stated);
    return previous;
  };
}

/** A compiler to which a file is missing, or which reads another one, objects to nothing: its silence would be taken for agreement. */
function refuseEmpty(program: ts.Program, generated: ReadonlyMap<string, string>, stated: string): void {
  const judged = ["types.gen.ts", "constants.gen.ts"].every(
    (name) => generated.has(name) && program.getSourceFile(generatedFolder + name)?.text === generated.get(name),
  );
  const count = declarationsOf(program.getSourceFile(stated)).length;
  if (judged && count > 0) return;
  throw new Error(
    `The judge of types compiled nothing: ${count} statements found in ${stated}, generated types ${judged ? "" : "not "}found.`,
  );
}

function objectionsOf(program: ts.Program): string[] {
  const source = program.getSourceFile(assertions);
  const problems = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics(source)];
  return problems.map(({ start = 0, file, messageText }) => {
    const broken = declarationsOf(file?.fileName === assertions ? file : undefined).find((one) => one.pos <= start && start < one.end);
    return broken === undefined ? ts.flattenDiagnosticMessageText(messageText, " ") : notAsStated(broken, program.getTypeChecker());
  });
}

/** The assertions, each of which is a constant of the type `true`. */
function declarationsOf(source: ts.SourceFile | undefined): ts.VariableDeclaration[] {
  const statements = source?.statements.filter((one) => ts.isVariableStatement(one)) ?? [];
  return statements.flatMap(({ declarationList }) => [...declarationList.declarations]);
}

/** The name of the assertion, which is what a reader can look up, its place, and the sentences that it has become. */
function notAsStated(assertion: ts.VariableDeclaration, checker: ts.TypeChecker): string {
  const source = assertion.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(assertion.getStart(source));
  const at = `the type of ${assertion.name.getText(source)} is not as stated in scripts/judges/wire-types.ts:${line + 1}`;
  const type = assertion.type === undefined ? undefined : checker.getTypeFromTypeNode(assertion.type);
  const sentences = (type?.isUnion() ? type.types : [type]).flatMap((one) => (one?.isStringLiteral() ? [one.value] : []));
  return sentences.length === 0 ? at : `${at}: ${sentences.slice(0, 3).join("; ")}${sentences.length > 3 ? "; …" : ""}`;
}
