// What the wire calls what the library's own model calls otherwise, or the same. Tests and cases say what they mean in the words of the model,
// which users see and which stay; what Graph writes is said here alone, and follows the spec.
import type { Json } from "../../spec/document.ts";
import { isObject } from "../../spec/json.ts";
import type { schemaFacts } from "../facts/facts-schemas.ts";

type Body = { readonly [name: string]: unknown };

/** A property of a schema, as its facts are stated: a name that is no longer stated does not compile. */
type PropertyOf<Schema extends string> = keyof typeof schemaFacts extends infer Fact
  ? Fact extends `schema ${Schema}${"" | ` (${string})`}.${infer Property}`
    ? FirstWord<Property>
    : never
  : never;
type FirstWord<Text extends string> = Text extends `${infer Word} (${string}` | `${infer Word}: ${string}` ? Word : Text;

/** By schema. */
export const wireNames = {
  CommsOperation: { status: "status", clientContext: "clientContext", resultInfo: "resultInfo" },
  ResultInfo: { code: "code", subcode: "subcode", message: "message" },
} as const satisfies { readonly [Schema in "CommsOperation" | "ResultInfo"]: { readonly [name: string]: PropertyOf<Schema> } };

/** An operation as Graph writes it. What is not given is not there, and what the model has no word for stays as it is. */
export function operationOnTheWire(operation: Body): Body {
  const resultInfo = operation.resultInfo as Json | undefined;
  return written(
    wireNames.CommsOperation,
    isObject(resultInfo) ? { ...operation, resultInfo: resultInfoOnTheWire(resultInfo) } : operation,
  );
}

export function resultInfoOnTheWire(resultInfo: Body): Body {
  return written(wireNames.ResultInfo, resultInfo);
}

/** What the wire says, in the words of the model; other properties are left out. */
export function readFromTheWire(schema: keyof typeof wireNames, body: Body): Body {
  const entries = Object.entries<string>(wireNames[schema]).flatMap(([name, onTheWire]) =>
    Object.hasOwn(body, onTheWire) ? [[name, body[onTheWire]]] : [],
  );
  return Object.fromEntries(entries);
}

function written(names: Readonly<Record<string, string>>, body: Body): Body {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]));
}
