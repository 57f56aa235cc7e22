import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, resolve } from "../spec/json.ts";
import { methods } from "../spec/kinds.ts";

/** One example of a document, as the client meets it. */
export type ExampleCase = {
  readonly kind: "answer" | "request" | "notification";
  /** `POST /a/{id} → 200 documented` */
  readonly title: string;
  /** What the client takes: the whole body. */
  readonly body: Json;
  /** Of an answer; of others 0. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the description of the body stands, and that of the headers: keys, `$ref`s not followed. */
  readonly schemaAt: readonly string[];
  readonly headersAt: readonly string[];
};

/** Every example of a document that the client reads or sends: of requests, of answers, and of the notifications that are posted to its user. */
export function exampleCases(document: JsonObject): ExampleCase[] {
  const at = (keys: readonly string[]) => objectAt(document, keys);
  const operations = ["paths", "webhooks"].flatMap((section) =>
    Object.keys(at([section])).flatMap((path) =>
      methods.filter((one) => one in at([section, path])).map((method) => [section, path, method]),
    ),
  );
  return operations.flatMap(([section = "", path = "", method = ""]) => {
    const place = [section, path, method];
    const title = section === "webhooks" ? path : `${method.toUpperCase()} ${path}`;
    const kind = section === "webhooks" ? "notification" : "request";
    const sent = bodies(document, [...place, "requestBody"]).map(
      (one) => ({ ...one, kind, title: `${title} ← ${one.name}`, status: 0, headers: {}, headersAt: [] }) as const,
    );
    if (section === "webhooks") return sent;
    const answers = Object.keys(at([...place, "responses"])).flatMap((code) => {
      const headersAt = [...place, "responses", code, "headers"];
      const common = {
        kind: "answer",
        status: /^\d+$/.test(code) ? Number(code) : 418,
        headers: headersOf(document, headersAt),
        headersAt,
      } as const;
      return bodies(document, [...place, "responses", code]).map((one) => ({ ...one, ...common, title: `${title} → ${code} ${one.name}` }));
    });
    return [...sent, ...answers];
  });
}

/** What the keys lead to, each `$ref` on the way followed; an empty object where they end early. */
export function objectAt(document: JsonObject, keys: readonly string[]): JsonObject {
  let found: Json | undefined = document;
  for (const key of keys) {
    found = resolve(document, found);
    found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  found = resolve(document, found);
  return isObject(found) ? found : {};
}

function bodies(document: JsonObject, place: readonly string[]): { name: string; body: Json; schemaAt: string[] }[] {
  return Object.keys(objectAt(document, [...place, "content"])).flatMap((type) => {
    const media = [...place, "content", type];
    return Object.keys(objectAt(document, [...media, "examples"])).flatMap((name) => {
      const { value } = objectAt(document, [...media, "examples", name]);
      return value === undefined ? [] : [{ name, body: value, schemaAt: [...media, "schema"] }];
    });
  });
}

/** The first example of each header. */
function headersOf(document: JsonObject, place: readonly string[]): Record<string, string> {
  const examples = Object.keys(objectAt(document, place)).flatMap((name) => {
    const { example, examples } = objectAt(document, [...place, name]);
    const [first] = isObject(examples) ? Object.keys(examples) : [];
    const value = example ?? (first === undefined ? undefined : objectAt(document, [...place, name, "examples", first]).value);
    return value === undefined ? [] : [[name, `${value}`] as const];
  });
  return Object.fromEntries(examples);
}
