// Makes handlers of a document with @msw/source, and asks each operation at each of its servers: it must answer with its first example of a 2xx.
// The first argument is the file. Nothing is sent: the handlers are asked directly.
import { deepStrictEqual } from "node:assert";
import { readFileSync } from "node:fs";
import { fromOpenApi } from "@msw/source/open-api";
import { getResponse } from "msw";
import { parse } from "yaml";

const text = readFileSync(process.argv[2], "utf8");
const document = parse(text, { maxAliasCount: 1000 });
const handlers = await fromOpenApi(text);

const resolve = (node) =>
  node?.$ref === undefined
    ? node
    : resolve(
        node.$ref
          .slice(2)
          .split("/")
          .reduce((found, key) => found[key], document),
      );
const firstExample = (body) => resolve(Object.values(resolve(body).content["application/json"].examples)[0]).value;
const methods = ["get", "post", "put", "patch", "delete"];

async function ask(method, url, operation) {
  const body = operation.requestBody === undefined ? null : JSON.stringify(firstExample(operation.requestBody));
  const response = await getResponse(handlers, new Request(url, { method, body, headers: { "content-type": "application/json" } }));
  if (response === undefined) throw new Error("no handler answers");
  const [status, expected] = Object.entries(operation.responses).find(([code]) => code.startsWith("2"));
  deepStrictEqual({ status: response.status, body: await response.json() }, { status: Number(status), body: firstExample(expected) });
}

let asked = 0;
for (const [path, item] of Object.entries(document.paths)) {
  for (const method of methods.filter((one) => item[one] !== undefined)) {
    for (const { url } of item.servers ?? document.servers) {
      const address = url + path.replaceAll(/\{\w+\}/g, "1");
      asked += 1;
      await ask(method.toUpperCase(), address, item[method]).catch((error) => {
        console.log(`${method.toUpperCase()} ${address}: ${error.message}`);
        process.exitCode = 1;
      });
    }
  }
}
if (asked === 0) throw new Error("The document has no operation to ask.");
console.log(`${asked} operations at their servers, ${handlers.length} handlers`);
