/** The languages of recipes, by the endings of their files. */
const languages = { ts: "ts", js: "js", py: "python" } as const;

/**
 * Holds the page of recipes to their files, by their paths: each block of code is a file as it is, each file stands there once, and none
 * imports another, for it is copied alone.
 */
export function judgeRecipes(page: string, files: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({ language, code }));
  const found = new Set<string>();
  for (const { language, code } of blocks) {
    if (!Object.values<string | undefined>(languages).includes(language)) continue;
    const [path] = [...files].find(([name, text]) => text === code && languageOf(name) === language) ?? [];
    if (path === undefined)
      problems.push(`A block of docs/recipes.md is no file as it is: it begins with ${JSON.stringify(code?.split("\n")[0])}.`);
    else if (found.has(path)) problems.push(`docs/recipes.md holds ${path} twice.`);
    else found.add(path);
  }
  for (const [path, text] of files) {
    if (!found.has(path)) problems.push(`docs/recipes.md does not hold ${path} as it is.`);
    if (languageOf(path) === "ts" && /\bfrom "\./.test(text)) problems.push(`${path} imports a file beside it: a recipe is copied alone.`);
  }
  return problems;
}

function languageOf(path: string): string | undefined {
  return languages[path.slice(path.lastIndexOf(".") + 1) as keyof typeof languages];
}
