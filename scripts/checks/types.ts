// `npm run test:types`: what must compile and what must not, as consumers see it: from dist/, by TypeScript 5 and 7, strict and loose.
import { run } from "../tool/run.ts";
import { freshDist } from "./fresh-dist.ts";

const compilers = ["node_modules/typescript/bin/tsc", "node_modules/typescript7/bin/tsc"];
const projects = ["test/types/tsconfig.json", "test/types/tsconfig.loose.json"];

await freshDist();
for (const compiler of compilers) {
  for (const project of projects) {
    const code = await run("node", [compiler, "-p", project]);
    console.log(`${code === 0 ? "ok" : "FAILED"}: ${project} with ${compiler.split("/")[1]}`);
    if (code !== 0) process.exit(code);
  }
}
