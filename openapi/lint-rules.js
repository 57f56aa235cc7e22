// The project's own rules for the spec, as a Redocly plugin. Each message says what is wrong and how to mend it.

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ajv = addFormats.default(new Ajv2020({ strict: false }));

const envelope = "#/components/schemas/ODataError";

/** Function names are made from operationIds, so they are written as functions are. */
function operationIdCamelCase() {
  return {
    Operation(operation, { report, location }) {
      const id = operation.operationId;
      // A missing one is the matter of operation-operationId.
      if (id === undefined) return;
      if (typeof id !== "string" || !/^[a-z][a-zA-Z0-9]*$/.test(id)) {
        report({
          message: `operationId ${JSON.stringify(id)} is no lower camel case name: write it as "updateRecordingStatus" is written.`,
          location: location.child("operationId"),
        });
      }
    },
  };
}

/** Named examples are the contract's test cases: a body without one is not tested. */
function namedExamples() {
  return {
    MediaType(mediaType, { report, location }) {
      if (mediaType.example !== undefined || Object.keys(mediaType.examples ?? {}).length === 0) {
        report({ message: "A body needs at least one named example: use `examples:` with a name for each, not `example:`.", location });
      }
    },
  };
}

/** Redocly does not look into header examples, and Prism sends them as they are. */
function headerExamples() {
  return {
    Header(header, { report, location }) {
      const named = Object.entries(header.examples ?? {}).map(([name, example]) => [["examples", name, "value"], example.value]);
      const all = header.example === undefined ? named : [[["example"], header.example], ...named];
      if (all.length === 0) report({ message: "A header needs an example: the mock sends it.", location });
      for (const [path, value] of all) {
        const schema = header.schema ?? {};
        if (!ajv.validate(schema, value)) {
          report({
            message: `The header's example ${JSON.stringify(value)} does not fit its schema: it ${ajv.errors?.[0]?.message}.`,
            location: location.child(path),
          });
        }
      }
    },
  };
}

/** Clients decode one envelope; an error answer in another form would reach their users undecoded. */
function errorEnvelope() {
  return {
    Paths: {
      Responses(responses, { report, location, resolve }) {
        for (const [status, response] of Object.entries(responses)) {
          if (!/^([45]|default)/.test(status)) continue;
          const { node } = resolve(response);
          if (node?.content?.["application/json"]?.schema?.$ref !== envelope) {
            report({
              message: `Answer ${status} must have application/json with schema { $ref: '${envelope}' }.`,
              location: location.child(status),
            });
          }
        }
      },
    },
  };
}

/** A fact without a source cannot be reviewed. */
function sourceInDescription() {
  const check =
    (field = "description") =>
    (node, { report, location }) => {
      if (node.$ref !== undefined) return;
      if (typeof node[field] !== "string" || !node[field].includes("Source:")) {
        report({ message: `Say where this comes from: the ${field} must contain "Source: …" (see info.description).`, location });
      }
    };
  const checkEach = (nodes, context) => {
    for (const [name, node] of Object.entries(nodes)) check()(node, { ...context, location: context.location.child(name) });
  };
  return {
    Server: check(),
    Tag: check(),
    Operation: check(),
    Parameter: check(),
    RequestBody: check(),
    Response: check(),
    Header: check(),
    SecurityScheme: check(),
    Example: check("summary"),
    NamedSchemas: checkEach,
    SchemaProperties: checkEach,
  };
}

const cloudFields = ["name", "version", "authorityHost", "tokenScope"];

/** Clouds and versions are looked up by name: in a table of JavaScript such a name is found whether or not anybody put it there. */
const isOfEveryObject = (name) => typeof name === "string" && name in {};
const ofEveryObject = (name) => `Every object of JavaScript has something by the name \`${name}\`: choose another one.`;

/** The client's cloud table is compiled from the document's servers: each has all four fields, and the servers of one cloud agree. */
function cloudTable() {
  return {
    Root(root, { report, location }) {
      const known = new Map();
      const seen = new Set();
      for (const [index, server] of (Array.isArray(root.servers) ? root.servers : []).entries()) {
        const at = location.child(["servers", index]);
        const cloud = server?.["x-cloud"] ?? {};
        const missing = cloudFields.filter((field) => typeof cloud[field] !== "string" || cloud[field] === "");
        if (missing.length > 0) {
          report({ message: `The server's x-cloud lacks ${missing.join(" and ")}: the client's cloud table needs it.`, location: at });
          continue;
        }
        for (const field of ["name", "version"].filter((one) => isOfEveryObject(cloud[one]))) {
          report({ message: ofEveryObject(cloud[field]), location: at.child(["x-cloud", field]) });
        }
        const label = `${cloud.name} ${cloud.version}`;
        if (seen.has(label)) report({ message: `There are two servers for ${label}: remove one.`, location: at.child("x-cloud") });
        seen.add(label);
        const first = known.get(cloud.name) ?? cloud;
        known.set(cloud.name, first);
        for (const field of ["authorityHost", "tokenScope"]) {
          if (cloud[field] === first[field]) continue;
          const message = `Cloud ${cloud.name} has another ${field} at another of its servers: a cloud has one.`;
          report({ message, location: at.child(["x-cloud", field]) });
        }
      }
    },
  };
}

/** The clouds of all servers, of the document's and of the paths' own. */
function cloudsOf(holders) {
  const servers = holders.flatMap((one) => (Array.isArray(one?.servers) ? one.servers : []));
  return servers.flatMap((server) => (typeof server?.["x-cloud"]?.name === "string" ? [server["x-cloud"]] : []));
}

/** A refusal needs what the client says to its user. */
function unsupportedClouds() {
  return {
    Root(root, { report, location }) {
      const served = cloudsOf([root, ...Object.values(root.paths ?? {})]);
      const list = root["x-unsupported-clouds"];
      for (const [index, cloud] of (Array.isArray(list) ? list : []).entries()) {
        const both = served.find(({ name, version }) => name === cloud?.name && (cloud.version === undefined || version === cloud.version));
        if (both !== undefined) {
          const message = `${both.name} ${both.version} is both served and refused: remove its server, or remove it from here.`;
          report({ message, location: location.child(["x-unsupported-clouds", index]) });
        }
        for (const field of ["name", "version"].filter((one) => isOfEveryObject(cloud?.[one]))) {
          report({ message: ofEveryObject(cloud[field]), location: location.child(["x-unsupported-clouds", index, field]) });
        }
        const missing = ["name", "url", "reason"].filter((field) => typeof cloud?.[field] !== "string" || cloud[field].trim() === "");
        if (missing.length === 0) continue;
        const at = location.child(["x-unsupported-clouds", index]);
        report({ message: `The refused cloud lacks ${missing.join(" and ")}: the client tells its user why, and where.`, location: at });
      }
    },
  };
}

export default function recordingRules() {
  return {
    id: "recording",
    rules: {
      oas3: {
        "operation-id-camel-case": operationIdCamelCase,
        "named-examples": namedExamples,
        "header-examples": headerExamples,
        "error-envelope": errorEnvelope,
        "source-in-description": sourceInDescription,
        "cloud-table": cloudTable,
        "unsupported-clouds": unsupportedClouds,
      },
    },
  };
}
