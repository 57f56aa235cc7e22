import { collect } from "./fact.ts";
import { documentFacts } from "./facts-document.ts";
import { exampleFacts } from "./facts-examples.ts";
import { operationFacts } from "./facts-operations.ts";
import { responseFacts } from "./facts-responses.ts";
import { schemaFacts } from "./facts-schemas.ts";

/** Every fact that is stated by hand, by pointer. */
export const facts = collect(documentFacts, operationFacts, responseFacts, schemaFacts, exampleFacts);
