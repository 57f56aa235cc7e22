import type { Bump, Side } from "../../scripts/review/change.ts";
import { limit, statuses } from "../support/as-it-is.ts";

/** An edit of the spec as a reviewer would make it, and how it must be classified. */
export type Edit = {
  readonly what: string;
  /** A text that stands in the spec, and what replaces it. */
  readonly from: string | RegExp;
  readonly to: string;
  readonly bump: Bump | "none";
  /** Whom the gravest changes concern. */
  readonly side?: Side;
};

const sent: Edit[] = [
  { what: "a limit of the request raised", from: `maxLength: ${limit}`, to: `maxLength: ${2 * limit}`, bump: "minor", side: "caller" },
  { what: "a limit of the request lowered", from: `maxLength: ${limit}`, to: `maxLength: ${limit - 1}`, bump: "major", side: "caller" },
  { what: "a limit of the request removed", from: /\n +maxLength: \d+/, to: "", bump: "minor", side: "caller" },
  {
    what: "a limit of the request added",
    from: `maxLength: ${limit}`,
    to: `maxLength: ${limit}\n          minLength: 1`,
    bump: "major",
    side: "caller",
  },
  {
    what: "a pattern of the request added",
    from: `maxLength: ${limit}`,
    to: `maxLength: ${limit}\n          pattern: '^[ -~]*$'`,
    bump: "major",
    side: "caller",
  },
  {
    what: "a status that may be sent added",
    from: `enum: [${statuses}]`,
    to: `enum: [${statuses}, humming]`,
    bump: "minor",
    side: "caller",
  },
  {
    what: "a status that may be sent removed",
    from: `enum: [${statuses}]`,
    to: "enum: [notRecording, recording]",
    bump: "major",
    side: "caller",
  },
  {
    what: "a status that may be sent renamed",
    from: `enum: [${statuses}]`,
    to: "enum: [notRecording, recording, failing]",
    bump: "major",
    side: "caller",
  },
  {
    what: "the statuses in another order",
    from: `enum: [${statuses}]`,
    to: `enum: [${statuses.split(", ").toReversed().join(", ")}]`,
    bump: "patch",
    side: "caller",
  },
  {
    what: "a property of the request made required",
    from: "required: [status]\n      additionalProperties: false",
    to: "required: [status, clientContext]\n      additionalProperties: false",
    bump: "major",
    side: "caller",
  },
  {
    what: "a property of the request made optional",
    from: "required: [status]\n      additionalProperties: false",
    to: "additionalProperties: false",
    bump: "minor",
    side: "caller",
  },
  {
    what: "a property of the request added",
    from: "        status: { $ref: '#/components/schemas/ReportableStatus' }\n",
    to: "        status: { $ref: '#/components/schemas/ReportableStatus' }\n        note: { type: string }\n",
    bump: "minor",
    side: "caller",
  },
  {
    what: "the request opened for other properties",
    from: "additionalProperties: false",
    to: "additionalProperties: true",
    bump: "minor",
    side: "caller",
  },
  {
    what: "null no longer allowed in the request",
    from: `type: [string, 'null']\n          maxLength: ${limit}`,
    to: `type: string\n          maxLength: ${limit}`,
    bump: "major",
    side: "caller",
  },
  {
    what: "a parameter's pattern removed",
    from: /, pattern: '\^\(\?!.+?\$\)' \}\n {6}example: 57/,
    to: " }\n      example: 57",
    bump: "minor",
    side: "caller",
  },
  { what: "an optional parameter made required", from: /(in: header\n {6}required: )false/, to: "$1true", bump: "major", side: "caller" },
  {
    what: "a parameter taken away",
    from: "      - $ref: '#/components/parameters/ClientRequestId'\n    post:\n      operationId: updateRecordingStatus\n",
    to: "    post:\n      operationId: updateRecordingStatus\n",
    bump: "major",
    side: "caller",
  },
  {
    what: "a body made optional",
    from: 'refused here. Source: docs, call-updaterecordingstatus, "Request body".\n      required: true',
    to: 'refused here. Source: docs, call-updaterecordingstatus, "Request body".\n      required: false',
    bump: "minor",
    side: "caller",
  },
];

const received: Edit[] = [
  {
    what: "a known status of operations added, where any string may come",
    from: "enum: [notStarted, running, completed, failed]",
    to: "enum: [notStarted, running, completed, failed, humming]",
    bump: "minor",
    side: "caller",
  },
  {
    what: "a known status of operations removed, where any string may come",
    from: "enum: [notStarted, running, completed, failed]",
    to: "enum: [notStarted, running, completed]",
    bump: "minor",
    side: "caller",
  },
  {
    what: "a property of answers made required",
    from: "required: [status]\n          additionalProperties: true",
    to: "required: [status, resultInfo]\n          additionalProperties: true",
    bump: "major",
    side: "service",
  },
  { what: "a property of answers made optional", from: "required: [code, subcode]", to: "required: [code]", bump: "major", side: "caller" },
  {
    what: "a property of answers added",
    from: "        message:\n          description: 'The result in words.",
    to: "        flavour: { type: string }\n        message:\n          description: 'The result in words.",
    bump: "minor",
    side: "caller",
  },
  {
    what: "a property of answers removed",
    from: /\n {8}message:\n {10}description: 'The result in words.+\n.+/,
    to: "",
    bump: "major",
    side: "caller",
  },
  {
    what: "a type in answers changed",
    from: "type: integer\n          format: int32\n        subcode",
    to: "type: string\n        subcode",
    bump: "major",
    side: "both",
  },
  {
    what: "null allowed in answers",
    from: /(CSDL, entity\.id \(key\)\.'\n {10}type: )string/,
    to: "$1[string, 'null']",
    bump: "major",
    side: "caller",
  },
  {
    what: "an answer added",
    from: "        '415': { $ref: '#/components/responses/UnsupportedMediaType' }\n",
    to: "        '415': { $ref: '#/components/responses/UnsupportedMediaType' }\n        '418': { $ref: '#/components/responses/BadRequest' }\n",
    bump: "minor",
    side: "caller",
  },
  {
    what: "an answer that a later attempt may change",
    // The first that is not repeated.
    from: /( {6}description: '.*\bNot retryable\..*\n)(?! {6}x-retryable)/,
    to: "$1      x-retryable: true\n",
    bump: "minor",
    side: "caller",
  },
  {
    what: "an answer removed",
    from: / {8}'404': \{ \$ref: '#\/components\/responses\/NotFound' \}\n(?=(?: {8}'4\d\d': .*\n)* {8}'415')/,
    to: "",
    bump: "major",
    side: "caller",
  },
  {
    what: "a status code changed",
    from: "'502': { $ref: '#/components/responses/BadGateway' }",
    to: "'588': { $ref: '#/components/responses/BadGateway' }",
    bump: "major",
    side: "both",
  },
  {
    what: "a header that answers must have made optional",
    from: /(Location:\n {10}required: )true/,
    to: "$1false",
    bump: "major",
    side: "caller",
  },
  {
    what: "a header that answers may have made required",
    from: /(&retryAfter\n {10}required: )false/,
    to: "$1true",
    bump: "major",
    side: "service",
  },
  { what: "a header removed", from: "        Retry-After: *retryAfter\n", to: "", bump: "major", side: "caller" },
  {
    what: "the media type of answers changed",
    from: /(RecordingStatusUpdated:[\s\S]+?content:\n {8})application\/json:/,
    to: "$1application/xml:",
    bump: "major",
    side: "both",
  },
  {
    what: "a property of notifications added",
    from: "        resource:\n          description: 'The path of old",
    to: "        flavour: { type: string }\n        resource:\n          description: 'The path of old",
    bump: "minor",
    side: "caller",
  },
  {
    what: "a known kind of notification removed, where any string may come",
    from: "enum: [created, updated, deleted]",
    to: "enum: [created, deleted]",
    bump: "minor",
    side: "caller",
  },
];

const shared: Edit[] = [
  { what: "an operation renamed", from: "operationId: getCallOperation", to: "operationId: readOperation", bump: "major", side: "caller" },
  {
    what: "a path changed",
    from: "/communications/calls/{id}/operations/{operationId}:",
    to: "/communications/calls/{id}/ops/{operationId}:",
    bump: "major",
    side: "caller",
  },
  { what: "a permission removed", from: "        - graphApplication: [Calls.AccessMedia.All]\n", to: "", bump: "major", side: "caller" },
  {
    what: "a permission changed",
    from: "- graphApplication: [Calls.AccessMedia.All]",
    to: "- graphApplication: [Calls.Initiate.All]",
    bump: "major",
    side: "caller",
  },
  {
    what: "both permissions needed at once",
    from: "        - graphApplication: [Calls.AccessMedia.All]\n        - graphApplication: [Calls.JoinGroupCall.All]",
    to: "        - graphApplication: [Calls.AccessMedia.All, Calls.JoinGroupCall.All]",
    bump: "major",
    side: "caller",
  },
  {
    what: "the permissions in another order",
    from: "        - graphApplication: [Calls.AccessMedia.All]\n        - graphApplication: [Calls.JoinGroupCall.All]",
    to: "        - graphApplication: [Calls.JoinGroupCall.All]\n        - graphApplication: [Calls.AccessMedia.All]",
    bump: "minor",
    side: "caller",
  },
  {
    what: "security removed",
    from: "      security:\n        - graphApplication: [Calls.AccessMedia.All]\n        - graphApplication: [Calls.JoinGroupCall.All]\n      requestBody",
    to: "      requestBody",
    bump: "minor",
    side: "caller",
  },
  {
    what: "no token needed any more",
    from: "        - graphApplication: [Calls.AccessMedia.All]\n        - graphApplication: [Calls.JoinGroupCall.All]\n      requestBody",
    to: "        - {}\n      requestBody",
    bump: "minor",
    side: "caller",
  },
  { what: "a cloud removed", from: /\n {2}- url: https:\/\/dod-graph[\s\S]+?\.default/, to: "", bump: "major", side: "caller" },
  { what: "a cloud renamed", from: "      name: usGovL5\n", to: "      name: lemuria\n", bump: "major", side: "caller" },
  {
    what: "a cloud added",
    from: "\n# What the client refuses",
    to: "  - url: https://graph.example/v1.0\n    description: 'Source: docs.'\n    x-cloud: { name: atlantis, version: v1.0, authorityHost: https://login.example, tokenScope: https://graph.example/.default }\n\n# What the client refuses",
    bump: "minor",
    side: "caller",
  },
  {
    what: "a cloud's token scope changed",
    from: "tokenScope: https://dod-graph.microsoft.us/.default",
    to: "tokenScope: https://graph.microsoft.us/.default",
    bump: "major",
    side: "caller",
  },
  {
    what: "a cloud's authority changed",
    from: "      name: usGovL5\n      version: v1.0\n      authorityHost: https://login.microsoftonline.us",
    to: "      name: usGovL5\n      version: v1.0\n      authorityHost: https://login.microsoftonline.com",
    bump: "major",
    side: "caller",
  },
  {
    what: "a cloud refused from now on",
    from: "x-unsupported-clouds:\n",
    to: "x-unsupported-clouds:\n  - { name: usGovL5, version: v1.0, url: https://dod-graph.microsoft.us/v1.0, reason: No. }\n",
    bump: "major",
    side: "caller",
  },
  { what: "a refusal taken back", from: /\n {2}- name: china[\s\S]+?Mooncake\)\./, to: "", bump: "minor", side: "caller" },
  {
    what: "another reason for a refusal",
    from: "no communications API at all",
    to: "no API for communications",
    bump: "patch",
    side: "caller",
  },
  { what: "deprecated dropped", from: "      deprecated: true\n", to: "", bump: "minor", side: "caller" },
  {
    what: "an operation deprecated",
    from: "      operationId: getCallOperation\n",
    to: "      operationId: getCallOperation\n      deprecated: true\n",
    bump: "minor",
    side: "caller",
  },
  { what: "another end of a call", from: "state: terminated", to: "state: terminating", bump: "minor", side: "caller" },
  { what: "an issuer more", from: "x-issuers: [", to: "x-issuers: [https://a.example, ", bump: "minor", side: "caller" },
  { what: "an issuer less", from: "x-issuers: [https://graph.microsoft.com, ", to: "x-issuers: [", bump: "major", side: "caller" },
  {
    what: "another successor",
    from: "x-successor: updateRecordingStatus",
    to: "x-successor: getCallOperation",
    bump: "minor",
    side: "caller",
  },
  {
    what: "an extension that nobody knows",
    from: "x-successor: updateRecordingStatus",
    to: "x-successor: updateRecordingStatus\n      x-audience: partners",
    bump: "minor",
    side: "both",
  },
];

const harmless: Edit[] = [
  { what: "nothing", from: "openapi: 3.1.0", to: "openapi: 3.1.0", bump: "none" },
  { what: "a comment", from: "openapi: 3.1.0", to: "# A comment.\nopenapi: 3.1.0", bump: "none" },
  {
    what: "a description",
    from: "It sets an absolute state, it does not toggle.",
    to: "It sets a state. It does not toggle.",
    bump: "patch",
    side: "caller",
  },
  {
    what: "a summary",
    from: "summary: Report the recording status of a call.\n",
    to: "summary: Tell Graph that the bot records.\n",
    bump: "patch",
    side: "caller",
  },
  {
    what: "an example added",
    from: "            callNotFound: { $ref: '#/components/examples/callNotFound' }\n",
    to: "            callNotFound: { $ref: '#/components/examples/callNotFound' }\n            again: { $ref: '#/components/examples/callNotFound' }\n",
    bump: "patch",
    side: "caller",
  },
  { what: "an example changed", from: "message: Call not found.", to: "message: The call was not found.", bump: "patch", side: "caller" },
  {
    what: "a shape moved into a component of its own",
    from: "schema: { $ref: '#/components/schemas/UpdateRecordingStatusRequest' }",
    to: "schema: { $ref: '#/components/schemas/UpdateRecordingStatusRequest' } # as before",
    bump: "none",
  },
];

export const edits: readonly Edit[] = [...sent, ...received, ...shared, ...harmless];
