import { readFileSync } from "node:fs";
import {
  Application,
  type DeclarationReflection,
  JSX,
  LogLevel,
  type PageEvent,
  type ProjectReflection,
  Renderer,
  type RendererHooks,
  type Router,
} from "typedoc";
import { BadInput } from "../tool/bad-input.ts";
import { type Html, html } from "./html.ts";
import { navigation } from "./page.ts";

export type TypescriptApi = {
  readonly project: ProjectReflection;
  /** Writes the pages into a folder. */
  write(folder: string): Promise<void>;
  /** Where a page of TypeDoc stands, from the site's root; known once the pages are written. */
  urlOf(target: DeclarationReflection): string | undefined;
};

/** The public entries of the package: name as a consumer imports it, and its source. */
function entries(root: string): Map<string, string> {
  const { name, exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
    name: string;
    exports: Record<string, string | { default: string }>;
  };
  const targets = Object.entries(exports).flatMap(([path, target]) =>
    typeof target === "string" ? [] : [[target.default.replace("./dist/", root).replace(/\.js$/, ".ts"), name + path.slice(1)] as const],
  );
  return new Map(targets);
}

/** How TypeDoc reads and writes, whatever it reads. */
const settings = {
  readme: "none",
  // The type check is a stage of its own.
  skipErrorChecking: true,
  // No line numbers and no Git: the same source gives the same bytes in every clone.
  disableSources: true,
  disableGit: true,
  hideGenerator: true,
  githubPages: false,
  includeVersion: false,
  // What comes with the language, such as the members of Error, is documented elsewhere.
  excludeExternals: true,
  // In the lists of what a page holds.
  useFirstParagraphOfCommentAsSummary: true,
  excludePrivate: true,
  excludeInternal: true,
  blockTags: [
    "@default",
    "@deprecated",
    "@description",
    "@example",
    "@module",
    "@param",
    "@returns",
    "@see",
    "@throws",
    "@typeParam",
    "@template",
  ],
  validation: { notExported: false, invalidLink: true, rewrittenLink: true },
  // Descriptions of the spec come here by way of generated/: no HTML from them, and no images.
  markdownItOptions: { html: false, linkify: false },
  markdownItLoader: (parser: { disable(rule: string): unknown }) => parser.disable("image"),
  visibilityFilters: {},
  // Names of entries hold a slash; they are no folders.
  navigation: { includeCategories: false, includeGroups: false, includeFolders: false },
  logLevel: LogLevel.Warn,
} satisfies Parameters<typeof Application.bootstrap>[0];

/** Reads the types and comments of the public API. */
export async function readTypescriptApi(root: string, projectName: string): Promise<TypescriptApi> {
  const named = entries(root);
  const app = await Application.bootstrap({
    name: projectName,
    entryPoints: [...named.keys()],
    // It reads all that this one includes: src/ and generated/, not the scripts and tests, which document nothing.
    tsconfig: `${root}tsconfig.build.json`,
    basePath: root,
    ...settings,
  });
  const project = await app.convert();
  if (project === undefined) throw new BadInput("TypeDoc could not read the code: npm run typecheck says what is wrong.");
  for (const entry of project.children ?? []) entry.name = named.get(sourceOf(project, entry)) ?? entry.name;
  dress(app, projectName);
  let router: Router | undefined;
  app.renderer.on(Renderer.EVENT_END, () => {
    router = app.renderer.router;
  });
  return {
    project,
    write: (folder) => app.generateDocs(project, folder),
    urlOf: (target) => (router?.hasUrl(target) === true ? `typescript/${router.getFullUrl(target)}` : undefined),
  };
}

function sourceOf(project: ProjectReflection, entry: NonNullable<ProjectReflection["children"]>[number]): string {
  return project.getSymbolIdFromReflection(entry)?.fileName ?? "";
}

/** Puts the site's own bar on top of every page of TypeDoc. */
function dress({ renderer }: Application, projectName: string): void {
  const add = (hook: keyof RendererHooks & ("head.end" | "body.begin"), show: (up: string) => Html) =>
    renderer.hooks.on(hook, ({ page }) => {
      const up = "../".repeat(page.url.split("/").length);
      return JSX.createElement(JSX.Raw, { html: show(up).html });
    });
  add("head.end", (up) => html`<link rel="icon" href="data:,"><link rel="stylesheet" href="${up}assets/top.css">`);
  // Every page holds the icons itself, by icons.js. Asking for them as a file is refused where the page is a file too.
  renderer.on(Renderer.EVENT_END_PAGE, (page: PageEvent) => {
    page.contents &&= page.contents.replaceAll(/"[^"]*assets\/icons\.svg#/g, '"#');
  });
  add("body.begin", (up) => navigation(projectName, "typescript", up));
}
