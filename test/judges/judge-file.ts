// Judges a document by every case of the four suites, and prints what they object to as JSON: `node test/judges/judge-file.ts <file>`.
import { readDocument, readSpecText } from "../../scripts/spec.ts";
import { createJudge } from "./judge.ts";

// openapi-typescript writes to the console what it cannot resolve; here it is said once, as an objection.
console.error = () => {};
console.log(JSON.stringify(await createJudge()(readDocument(readSpecText(process.argv[2])))));
