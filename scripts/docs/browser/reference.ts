// Runs in the browser, as a plain script: its types are taken off when the site is built, so it imports nothing.
// Shows the spec in Swagger UI. It can send requests only where the preview says that a mock is there, and only to that mock.

type Node = { [name: string]: unknown };
type Request = { url: string; headers: Record<string, string> };
type Options = { requestInterceptor?: (request: Request) => Request } & Node;
declare const SwaggerUIBundle: ((options: Options) => unknown) & { presets: { apis: unknown } };
/** Set by assets/try-it.js: the path of the mock, in the preview only. */
declare const tryItMock: string | undefined;

(() => {
  const mock = tryItMock;
  const spec = JSON.parse(byId("spec").textContent ?? "") as Node;
  followColorScheme();
  byId("try-it-off").hidden = mock !== undefined;
  byId("try-it-on").hidden = mock === undefined;
  const nothing = () => () => null;
  SwaggerUIBundle({
    spec: withoutEmptyTags(mock === undefined ? spec : forMock(spec, mock)),
    domNode: byId("swagger-ui"),
    presets: [SwaggerUIBundle.presets.apis],
    // Title, clouds and permissions have their own places in the page; a form for secrets is not wanted anywhere.
    plugins: [
      {
        wrapComponents: {
          InfoContainer: nothing,
          info: nothing,
          ServersContainer: nothing,
          authorizeBtn: nothing,
          authorizeOperationBtn: nothing,
        },
      },
    ],
    supportedSubmitMethods: mock === undefined ? [] : ["get", "post", "put", "patch", "delete"],
    // Ready to be filled in: nothing here can do harm.
    tryItOutEnabled: mock !== undefined,
    validatorUrl: "none",
    deepLinking: true,
    docExpansion: "list",
    defaultModelExpandDepth: 3,
    defaultModelsExpandDepth: 0,
    requestInterceptor: (request: Request) => (mock === undefined ? refuse(request) : toMock(request, mock)),
  });

  function byId(id: string): HTMLElement {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`The page has no #${id}.`);
    return found;
  }

  /** A tag of webhooks only would be a heading with nothing under it: Swagger UI lists webhooks apart. */
  function withoutEmptyTags(full: Node): Node {
    const items = Object.values((full.paths ?? {}) as Record<string, Node>);
    const used = new Set(
      items.flatMap((item) => Object.values(item).flatMap((operation) => ((operation as Node | null)?.tags ?? []) as string[])),
    );
    return { ...full, tags: ((full.tags ?? []) as { name: string }[]).filter(({ name }) => used.has(name)) };
  }

  /** Swagger UI's dark colours hang on a class. */
  function followColorScheme(): void {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
    dark.addEventListener("change", follow);
    follow();
  }

  function refuse({ url }: Request): never {
    throw new Error(`Not sent to ${url}: requests can be tried out in "npm run preview" only.`);
  }

  /** The last gate before the network: nothing but the mock is ever called, whatever the document says. */
  function toMock(request: Request, path: string): Request {
    const target = new URL(request.url, location.href);
    if (target.origin !== location.origin || !target.pathname.startsWith(`${path}/`)) return refuse(request);
    const token = (byId("token") as HTMLInputElement).value.trim();
    if (token !== "") request.headers.Authorization = `Bearer ${token}`;
    return request;
  }

  /** The document as the mock serves it: one server, no login, and a header that picks the answer. */
  function forMock(full: Node, path: string): Node {
    const paths = Object.entries((full.paths ?? {}) as Record<string, Node>).map(([name, { servers: _, ...item }]) => [
      name,
      Object.fromEntries(Object.entries(item).map(([key, value]) => [key, isOperation(key) ? withPrefer(full, value as Node) : value])),
    ]);
    const { servers: _, security: __, ...rest } = full;
    return { ...rest, servers: [{ url: path }], paths: Object.fromEntries(paths) };
  }

  function isOperation(key: string): boolean {
    return ["get", "put", "post", "delete", "options", "head", "patch", "trace"].includes(key);
  }

  function withPrefer(full: Node, { servers: _, security: __, ...operation }: Node): Node {
    const prefer = {
      name: "Prefer",
      in: "header",
      description: "Of the mock, not of Graph: the answer to give. A request that breaks the document is refused all the same.",
      schema: { type: "string", enum: answers(full, operation) },
    };
    return { ...operation, parameters: [prefer, ...((operation.parameters ?? []) as Node[])] };
  }

  /** `code=403, example=notPolicyRecordingCall` for every named answer. */
  function answers(full: Node, operation: Node): string[] {
    const responses = (operation.responses ?? {}) as Record<string, Node>;
    // Prism gives the answer of `default` for a status that is not declared.
    const undeclared = ["418", "451", "410"].find((status) => !(status in responses)) ?? "599";
    return Object.entries(responses).flatMap(([status, reference]) => {
      const media = Object.values((follow(full, reference).content ?? {}) as Record<string, Node>);
      const names = media.flatMap((node) => Object.keys((node.examples ?? {}) as Node));
      return [...new Set(names)].map((name) => `code=${status === "default" ? undeclared : status}, example=${name}`);
    });
  }

  function follow(full: Node, node: Node): Node {
    if (typeof node.$ref !== "string") return node;
    const keys = node.$ref.replace(/^#\//, "").split("/");
    const target = keys.reduce<unknown>((at, key) => (at as Node | undefined)?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], full);
    return target === undefined ? {} : follow(full, target as Node);
  }
})();
