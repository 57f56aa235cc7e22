import { wireNames } from "../../scripts/judges/cases/wire-names.ts";
import { limit, statuses } from "../support/as-it-is.ts";

// What is added here is nothing that anybody will add, so that a legitimate edit breaks none of these; a cloud that is served is the exception.

/** Edits as the table of openapi/README.md has them, and as a reviewer writes them, with what a source or an example asks for. */
export type CommonEdit = {
  /** As the table's first column, where it stands there. */
  readonly what: string;
  /** Texts that stand in the spec, and what replaces each. */
  readonly replace: readonly (readonly [from: string | RegExp, to: string])[];
  /** Code of `src/` must change in a way that no report can write down: it names the place. */
  readonly developer?: RegExp;
  /** What a developer makes of each line that the report names. Without it nobody knows. */
  readonly mend?: (line: string) => string;
};

const { subcode } = wireNames.ResultInfo;
const anew = `${subcode}Anew`;
const callNotFound = "            callNotFound: { $ref: '#/components/examples/callNotFound' }\n";
const failedExample = /( {12}failed:\n {14}summary: 'The documented request: the recording failed\. Source: docs\.'\n.*\n)/;
const vanished = `    Vanished:
      description: 'The call has vanished. Not retryable. Source: docs, concepts/errors.md.'
      headers:
        request-id: *requestId
        client-request-id: *clientRequestId
      content:
        application/json:
          schema: { $ref: '#/components/schemas/ODataError' }
          examples:
            vanished:
              summary: 'It vanished. Source: docs, concepts/errors.md.'
              value: { error: { code: Vanished, message: The call is no more. } }
`;
const mood = `        mood:
          description: 'How the bot feels. Source: docs, call-updaterecordingstatus.'
          type: string
          maxLength: 64
`;

export const commonEdits: readonly CommonEdit[] = [
  {
    what: "change a limit",
    replace: [
      [`maxLength: ${limit}`, `maxLength: ${2 * limit}`],
      [/(contextAtLimit:[\s\S]+?clientContext: )([0-9a-f]{2,})/, "$1$2$2"],
      [`A context of ${limit} characters`, `A context of ${2 * limit} characters`],
      [`At most ${limit} characters`, `At most ${2 * limit} characters`],
    ],
  },
  {
    what: "add a status",
    replace: [
      [`enum: [${statuses}]`, `enum: [${statuses}, humming]`],
      [
        failedExample,
        `$1            humming:
              summary: 'The recording hums. Source: docs.'
              value: { clientContext: clientContext-value, status: humming }
`,
      ],
    ],
  },
  {
    what: "remove a status",
    replace: [
      [/(enum: \[notRecording, recording), failed/, "$1"],
      [failedExample, ""],
    ],
    developer: /src\/lifecycle\/[\w-]+\.ts:\d+/,
  },
  {
    what: "add an error example",
    replace: [
      [callNotFound, `${callNotFound}            callGone: { $ref: '#/components/examples/callGone' }\n`],
      [
        "    unsupportedMediaType:\n      summary",
        `    callGone:
      summary: '8522: the call has ended, in other words. Source: docs, concepts/errors.md.'
      value: { error: { code: '8522', message: The call is gone. } }
    unsupportedMediaType:
      summary`,
      ],
    ],
  },
  {
    what: "add a response header",
    replace: [
      [
        "    NotFound:\n      description: |\n        The call has ended or was never established; for an operation, it can no longer be read. Not retryable.\n        Source: reports, microsoft-graph-comms-samples#173, #330 and #537.\n      headers:\n",
        `    NotFound:
      description: |
        The call has ended or was never established; for an operation, it can no longer be read. Not retryable.
        Source: reports, microsoft-graph-comms-samples#173, #330 and #537.
      headers:
        x-ms-ags-diagnostic:
          required: false
          description: 'Which server answered. Source: docs, concepts/best-practices-concept.md.'
          schema: { type: string }
          example: '{"ServerInfo":{"DataCenter":"West Europe"}}'
`,
      ],
    ],
  },
  {
    what: "add a cloud or server",
    replace: [
      [
        "\n# What the client refuses",
        `  - url: https://graph.avalon.example/v1.0
    description: 'Avalon, v1.0. Source: docs, deployments.'
    x-cloud:
      name: avalon
      version: v1.0
      authorityHost: https://login.avalon.example
      tokenScope: https://graph.avalon.example/.default

# What the client refuses`,
      ],
      [
        "\ntags:\n",
        `  - name: avalon
    version: beta
    url: https://graph.avalon.example/beta
    reason: Avalon has updateRecordingStatus in v1.0 only (docs, national cloud table of the beta page).

tags:
`,
      ],
    ],
  },
  {
    what: "declare that a cloud lacks the action",
    replace: [
      [
        "\ntags:\n",
        `  - name: germany
    url: https://graph.microsoft.de
    reason: The German cloud is closed (docs, deployments).

tags:
`,
      ],
    ],
  },
  {
    what: "let the client repeat a status",
    replace: [
      [
        // 500, and another one when that is repeated for good.
        /( {6}description: '(?:The service failed|The body is not application\/json(?![\s\S]*The service failed\. Not))\. )Not r(etryable\..*\n)/,
        "$1R$2      x-retryable: true\n",
      ],
    ],
  },
  { what: "let the verifier accept another issuer", replace: [[/(x-issuers: \[.+)\]/, "$1, https://sts.windows.net]"]] },
  {
    what: "mark an operation deprecated",
    replace: [
      [
        "      operationId: getCallOperation\n",
        "      operationId: getCallOperation\n      deprecated: true\n      x-successor: updateRecordingStatus\n",
      ],
    ],
  },
  {
    what: "change a permission",
    replace: [
      [
        /- graphApplication: \[Calls\.AccessMedia\.All\]/g,
        "- graphApplication: [Calls.UpdateRecordingStatus.All]\n        - graphApplication: [Calls.AccessMedia.All]",
      ],
      [
        "          scopes:\n",
        "          scopes:\n            Calls.UpdateRecordingStatus.All: 'Report the recording status as an app. Source: docs, permissions table.'\n",
      ],
    ],
  },
  {
    what: "add a property to an answer",
    replace: [
      [
        "        message:\n          description: 'The result in words.",
        "        detail:\n          description: 'The result in more words. Source: docs, resultinfo.'\n          type: string\n        message:\n          description: 'The result in words.",
      ],
    ],
  },
  {
    what: "add a property to the request",
    replace: [
      [/( {10}type: \[string, 'null'\]\n {10}maxLength: \d+\n)/, `$1${mood}`],
      [
        failedExample,
        `$1            withMood:
              summary: 'With a mood. Source: docs.'
              value: { status: recording, mood: calm }
`,
      ],
    ],
  },
  { what: "correct a description", replace: [["It sets an absolute state, it does not toggle.", "It sets a state. It does not toggle."]] },
  {
    what: "add an answer: 410",
    replace: [
      ["    UnsupportedMediaType:\n      description", `${vanished}    UnsupportedMediaType:\n      description`],
      [
        /(\n {8})('404': \{ \$ref: '#\/components\/responses\/NotFound' \})(?=(?:\n {8}'4\d\d': .*)*\n {8}'415')/g,
        "$1$2$1'410': { $$ref: '#/components/responses/Vanished' }",
      ],
    ],
  },
  {
    // The first cloud whose beta is refused and whose v1.0 is served: the others are still there when this one was done for good.
    what: "serve the beta of a cloud that refuses it",
    replace: [
      [
        /( {2}- url: (\S+)\/v1\.0\n.*\n {4}x-cloud:\n {6}name: (\w+)\n {6}version: v1\.0\n((?: {6}.*\n)+))([\s\S]*?) {2}- name: \3\n {4}version: beta\n.*\n.*\n/,
        `$1  - url: $2/beta
    description: '$3, beta: subject to change. Source: docs, deployments.'
    x-cloud:
      name: $3
      version: beta
$4$5`,
      ],
    ],
  },
  {
    what: "rename what the client reads",
    replace: [[new RegExp(`\\b${subcode}\\b`, "g"), anew]],
    developer: /src\/http\/read-operation\.ts:\d+/,
    mend: (line) =>
      line.includes(`${subcode}: `) ? line.replace(`${subcode}: `, `${anew}: `) : line.replace(subcode, `${anew}: ${subcode}`),
  },
];

/** A text of the spec with an edit done. */
export function edited(spec: string, edit: CommonEdit | undefined): string {
  return (edit?.replace ?? []).reduce((text, [from, to]) => {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`The spec has no ${from}: correct the edit "${edit?.what}".`);
    return next;
  }, spec);
}
