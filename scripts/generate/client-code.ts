import { callableOperations, type Spec, SpecError } from "../spec/document.ts";

/** Compiles the policy-free fetch client: one function for each operationId, nothing decided. */
export function generateClient(spec: Spec): string {
  const operations = callableOperations(spec);
  return `import createClient, { type ClientOptions, type FetchOptions, type FetchResponse } from "openapi-fetch";
import type { operations, paths } from "./types.gen.ts";

export type { ClientOptions } from "openapi-fetch";
/** Fills the parameters of a path in, percent-encoded. */
export { defaultPathSerializer as fillPath } from "openapi-fetch";

/** Refuses option names that openapi-fetch does not know: its own types let them pass. */
type Exact<Init, Known> = Init & { [Name in Exclude<keyof Init, keyof Known>]: never };

type Options<Id extends keyof operations> = FetchOptions<operations[Id]>;

type Result<Id extends keyof operations, Init> = Promise<FetchResponse<operations[Id], Init, "application/json">>;

/** Makes the fetch client. It adds no token, no retry and no default: branch on \`response.ok\`, an empty error body looks like success. */
export function createFetchClient(options?: ClientOptions) {
  const client = createClient<paths>(options);
  return {
${operations.map(generateFunction).join("\n")}
  };
}

/** One function for each operation of the document: it sends, and decides nothing. */
export type FetchClient = ReturnType<typeof createFetchClient>;
`;
}

function generateFunction({ path, method, operation, servers }: ReturnType<typeof callableOperations>[number]): string {
  const id = operation.operationId;
  if (!/^[a-zA-Z_$][\w$]*$/.test(id ?? ""))
    throw new SpecError(`${method.toUpperCase()} ${path} needs an operationId that can name a function, not ${JSON.stringify(id)}.`);
  const doc = [
    operation.summary ?? id,
    ...(operation.description ?? "").trim().split("\n"),
    `\`${method.toUpperCase()} ${path}\`, at ${servers.map((server) => server.url).join(", ")}`,
    ...(operation.deprecated === true ? [`@deprecated Use ${operation["x-successor"] ?? "its successor"}.`] : []),
  ];
  return `    /**
${doc.map((line) => `     * ${line.replaceAll("*/", "*\\/")}`).join("\n")}
     */
    ${id}<Init extends Options<"${id}">>(init: Exact<Init, Options<"${id}">>): Result<"${id}", Init> {
      return client.${method.toUpperCase()}("${path}", init as never) as Result<"${id}", Init>;
    },`;
}
