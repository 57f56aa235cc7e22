import type { Problem } from "../spec/problem.ts";

/** How to mend what a rule objects to. The project's own rules and the official schema say it in their messages. */
const hints: Readonly<Record<string, string>> = {
  "no-unresolved-refs": "correct the name in the $ref, or add what it names",
  "no-invalid-media-type-examples": "correct the example or its schema, whichever is wrong",
  "no-invalid-schema-examples": "correct the example or its schema, whichever is wrong",
  "no-invalid-parameter-examples": "correct the example or its schema, whichever is wrong",
  "no-unused-components": "refer to the component, or remove it",
  "security-defined": "name a scheme that stands under components/securitySchemes",
  "security-scopes-defined": "add the permission to the flow's scopes, with its source",
  "no-enum-type-mismatch": "write members of the enum that have the schema's type",
  "operation-operationId": "give the operation an operationId: the name of its function",
  "operation-operationId-unique": "give each operation an operationId of its own",
  "path-parameters-defined": "name the same parameters in the path and under parameters",
  "path-declaration-must-exist": "write a name between the braces in the path",
  "no-required-schema-properties-undefined": "add the property under properties, or take it out of required",
  "operation-tag-defined": "add the tag under tags, or name one that stands there",
  "no-duplicated-enum-values": "take the second one out",
  "operation-4xx-response": "add an answer 4xx",
  "operation-2xx-response": "add an answer 2xx",
  struct: "look the object up in the OpenAPI specification: a key is misspelt, misplaced or missing",
  "spec-strict-refs": "put the $ref where OpenAPI allows one",
};

export function hintFor({ rule }: Problem): string | undefined {
  if (rule.startsWith("recording/") || ["yaml", "openapi", "generate", "official-schema"].includes(rule)) return undefined;
  return hints[rule] ?? `see https://redocly.com/docs/cli/rules/oas/${rule}`;
}
