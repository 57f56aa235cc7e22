// Every example of the spec, found by going through the whole document, wherever it stands: not by a list, and not as the builder does it.

type Json = unknown;
type Bag = { readonly [name: string]: Json };

export type Found = {
  /** Where it stands, for people: `paths /communications/… post responses 403 content application/json`. */
  readonly place: string;
  readonly operationId: string;
  /** Of an answer. */
  readonly status: string | undefined;
  readonly name: string;
  readonly value: Json;
};

export function findExamples(document: Bag): Found[] {
  const found: Found[] = [];
  for (const room of ["paths", "webhooks"])
    for (const [path, item] of entries(document[room]))
      for (const [key, operation] of entries(item)) {
        if (!isBag(operation)) continue;
        // What stands beside the operations, such as the path's parameters, belongs to each of them.
        const shared = Object.fromEntries(entries(item).filter(([, other]) => !(isBag(other) && "responses" in other)));
        if ("responses" in operation)
          visit({ ...shared, ...operation, shared }, `${room} ${path} ${key}`, String(operation.operationId), undefined);
      }
  return found;

  function visit(node: Json, place: string, operationId: string, status: string | undefined, depth = 0): void {
    const target = follow(node);
    // Schemas refer to themselves at most through $ref; no example stands this deep.
    if (depth > 14) return;
    if (Array.isArray(target)) {
      for (const item of target) visit(item, place, operationId, status, depth + 1);
      return;
    }
    for (const [key, value] of entries(target)) {
      if (key === "example") found.push({ place, operationId, status, name: "example", value });
      else if (key === "examples" && isBag(value)) {
        for (const [name, example] of entries(value)) {
          const { value: shown } = (follow(example) ?? {}) as { value?: Json };
          found.push({ place, operationId, status, name, value: shown });
        }
      } else if (key !== "value" && key !== "schema") {
        const inAnswers = place.endsWith(" responses");
        visit(value, `${place} ${key}`, operationId, inAnswers ? key : status, depth + 1);
      }
    }
  }

  function follow(node: Json): Json {
    if (!isBag(node) || typeof node.$ref !== "string") return node;
    const keys = node.$ref
      .slice(2)
      .split("/")
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    return follow(keys.reduce<Json>((at, key) => (at as Bag)[key], document));
  }
}

function isBag(node: Json): node is Bag {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

function entries(node: Json): [string, Json][] {
  return isBag(node) ? Object.entries(node) : [];
}
