// Edits of our spec, and what must be found after each: against CSDL, and against OpenAPI.

import { frozenLimit as limit, frozenStatuses as statuses } from "../support/frozen.ts";
import type { Edit } from "./drift-edits-action.ts";

export type SpecEdit = Edit & { readonly inOpenApi?: readonly string[] };

const post = "POST /communications/calls/{}/updateRecordingStatus";
const get = "GET /communications/calls/{}/operations/{}";
const unknownAction = "call has no navigation property";

export const specEdits: readonly SpecEdit[] = [
  {
    what: "the action's path",
    from: "  /communications/calls/{id}/updateRecordingStatus:\n",
    to: "  /communications/calls/{id}/setRecordingStatus:\n",
    finds: [
      `${post} is in the metadata only`,
      `POST /communications/calls/{}/setRecordingStatus is in the spec only: ${unknownAction} setRecordingStatus`,
    ],
    inOpenApi: [`${post} is in the metadata only`, "POST /communications/calls/{}/setRecordingStatus is in the spec only"],
  },
  {
    what: "the operations' path",
    from: "/calls/{id}/operations/{operationId}:",
    to: "/calls/{id}/participants/{operationId}:",
    finds: [
      `${get} is in the metadata only`,
      "GET /communications/calls/{}/participants/{} returns participant in the metadata, commsOperation in the spec",
    ],
    inOpenApi: [`${get} is in the metadata only`, "GET /communications/calls/{}/participants/{} is in the spec only"],
  },
  {
    what: "a path of old that is said to work in v1.0",
    from: "    servers:\n      - *globalBeta\n",
    to: "",
    finds: ["POST /app/calls/{}/updateRecordingStatus is in the spec only: there is no singleton or entity set app"],
    inOpenApi: ["POST /app/calls/{}/updateRecordingStatus is in the spec only"],
  },
  {
    what: "the action by another method",
    from: "    post:\n      operationId: updateRecordingStatus\n",
    to: "    put:\n      operationId: updateRecordingStatus\n",
    finds: [
      `${post} is in the metadata only`,
      `PUT /communications/calls/{}/updateRecordingStatus is in the spec only: ${unknownAction} updateRecordingStatus`,
    ],
    inOpenApi: [`${post} is in the metadata only`, "PUT /communications/calls/{}/updateRecordingStatus is in the spec only"],
  },
  {
    what: "other names of path parameters",
    from: /\n {2}\/communications[\s\S]*OperationId:\n/,
    to: (found) => found.replaceAll("{id}", "{callId}").replace("name: id\n", "name: callId\n"),
    finds: [],
  },
  {
    what: "ids that are numbers",
    from: /(CallId:[\s\S]*?schema: )\{ type: string, minLength: 1/,
    to: (found) => found.replace("type: string", "type: integer, format: int64"),
    finds: [
      `${post} has as id 1 Edm.String in the metadata, Edm.Int64 in the spec`,
      `${get} has as id 1 Edm.String in the metadata, Edm.Int64 in the spec`,
    ],
  },
  {
    what: "a status more",
    from: `enum: [${statuses}]`,
    to: `enum: [${statuses}, humming]`,
    finds: ["updateRecordingStatus.status may be humming in the spec only"],
  },
  {
    what: "a status less",
    from: `enum: [${statuses}]`,
    to: `enum: [${statuses.replace(", failed", "")}]`,
    finds: ["updateRecordingStatus.status may be failed in the metadata only"],
  },
  {
    what: "the sentinel sent",
    from: `enum: [${statuses}]`,
    to: `enum: [${statuses}, unknownFutureValue]`,
    finds: ["outdated: updateRecordingStatus.status may be unknownFutureValue in the metadata only"],
  },
  {
    what: "the statuses in another order",
    from: `enum: [${statuses}]`,
    to: `enum: [${statuses.split(", ").toReversed().join(", ")}]`,
    finds: [],
  },
  {
    what: "an optional status",
    from: "required: [status]\n      additionalProperties: false",
    to: "additionalProperties: false",
    finds: ["updateRecordingStatus.status is required in the metadata only"],
    inOpenApi: [],
  },
  {
    what: "a required context",
    from: "required: [status]\n      additionalProperties: false",
    to: "required: [status, clientContext]\n      additionalProperties: false",
    finds: ["updateRecordingStatus.clientContext is required in the spec only"],
  },
  {
    what: "a context that is never null",
    from: `type: [string, 'null']\n          maxLength: ${limit}`,
    to: `type: string\n          maxLength: ${limit}`,
    finds: ["updateRecordingStatus.clientContext may be null in the metadata only"],
  },
  {
    what: "another limit",
    from: `maxLength: ${limit}`,
    to: `maxLength: ${2 * limit}`,
    finds: [
      `updateRecordingStatus.clientContext has maxLength ${2 * limit} in the spec only`,
      `outdated: updateRecordingStatus.clientContext has maxLength ${limit} in the spec only`,
    ],
  },
  {
    what: "a pattern",
    from: `maxLength: ${limit}`,
    to: `maxLength: ${limit}\n          pattern: '^[ -~]*$'`,
    finds: ["updateRecordingStatus.clientContext has pattern ^[ -~]*$ in the spec only"],
  },
  {
    what: "a context that is a number",
    from: `type: [string, 'null']\n          maxLength: ${limit}`,
    to: `type: [integer, 'null']\n          maxLength: ${limit}`,
    finds: ["updateRecordingStatus.clientContext is Edm.String in the metadata, integer in the spec"],
  },
  {
    what: "a parameter more",
    from: "        status: { $ref: '#/components/schemas/ReportableStatus' }\n",
    to: "        status: { $ref: '#/components/schemas/ReportableStatus' }\n        note: { type: string }\n",
    finds: ["updateRecordingStatus.note is in the spec only"],
  },
  {
    what: "an open request",
    from: "additionalProperties: false",
    to: "additionalProperties: true",
    finds: ["updateRecordingStatus is open in the spec only"],
    inOpenApi: ["outdated: updateRecordingStatus is open in the metadata only"],
  },
  {
    what: "a body that may be left out",
    from: '"Request body".\n      required: true',
    to: '"Request body".\n      required: false',
    finds: ["updateRecordingStatus needs a body in the metadata only"],
  },
  {
    what: "another answer",
    from: "schema: { $ref: '#/components/schemas/UpdateRecordingStatusOperation' }",
    to: "schema: { $ref: '#/components/schemas/CommsOperation' }",
    finds: ["updateRecordingStatus returns updateRecordingStatusOperation in the metadata, commsOperation in the spec"],
  },
  {
    what: "an answer that may be left out",
    from: "        '200': { $ref: '#/components/responses/RecordingStatusUpdated' }\n",
    to: "        '200': { $ref: '#/components/responses/RecordingStatusUpdated' }\n        '204': { description: 'Done. Source: choice.' }\n",
    finds: ["outdated: updateRecordingStatus may return nothing in the metadata only"],
    inOpenApi: ["updateRecordingStatus may return nothing in the spec only"],
  },
  {
    what: "another base",
    from: /(UpdateRecordingStatusOperation:\n.*\n {6}allOf:\n {8}- \$ref: )'#\/components\/schemas\/CommsOperation'/,
    to: (found) => found.replace("schemas/CommsOperation", "schemas/Entity"),
    finds: [
      "updateRecordingStatusOperation derives from commsOperation in the metadata, entity in the spec",
      "updateRecordingStatusOperation.clientContext is in the metadata only",
      "updateRecordingStatusOperation.resultInfo is in the metadata only",
      "updateRecordingStatusOperation.status is in the metadata only",
    ],
  },
  {
    what: "no base",
    from: "        - $ref: '#/components/schemas/Entity'\n        - type: object",
    to: "        - type: object",
    finds: ["commsOperation derives from entity in the metadata, no type in the spec", "commsOperation.id is in the metadata only"],
  },
  {
    what: "a property less of operations",
    from: /\n {12}resultInfo:\n.+\n.+\n.+\n.+/,
    to: "",
    finds: ["commsOperation.resultInfo is in the metadata only"],
  },
  {
    what: "a result that is never null",
    from: /anyOf:\n {16}- \$ref: '#\/components\/schemas\/ResultInfo'\n {16}- type: 'null'/,
    to: "anyOf:\n                - $ref: '#/components/schemas/ResultInfo'",
    finds: ["commsOperation.resultInfo may be null in the metadata only"],
    inOpenApi: [],
  },
  {
    what: "a status of operations less",
    from: "enum: [notStarted, running, completed, failed]",
    to: "enum: [notStarted, completed, failed]",
    finds: ["commsOperation.status may be running in the metadata only"],
  },
  {
    what: "a status of operations more",
    from: "enum: [notStarted, running, completed, failed]",
    to: "enum: [notStarted, running, completed, failed, humming]",
    finds: ["commsOperation.status may be humming in the spec only"],
  },
  {
    what: "a code that is a string",
    from: "type: integer\n          format: int32\n        subcode",
    to: "type: string\n        subcode",
    finds: ["resultInfo.code is Edm.Int32 in the metadata, Edm.String in the spec"],
  },
  {
    what: "an optional code",
    from: "required: [code, subcode]",
    to: "required: [subcode]",
    finds: ["resultInfo.code is required in the metadata only"],
    inOpenApi: [],
  },
  {
    what: "a message that is never null",
    from: "type: [string, 'null']\n    Entity",
    to: "type: string\n    Entity",
    finds: ["resultInfo.message may be null in the metadata only"],
  },
  {
    what: "a closed notification",
    from: /(required: \[changeType, resourceUrl\]\n {6}additionalProperties: )true/,
    to: (found) => found.replace("true", "false"),
    finds: ["commsNotification is open in the metadata only"],
    inOpenApi: [],
  },
  {
    what: "a kind of change less",
    from: "enum: [created, updated, deleted]",
    to: "enum: [created, deleted]",
    finds: ["commsNotification.changeType may be updated in the metadata only"],
    inOpenApi: [],
  },
  {
    what: "an optional address",
    from: "required: [changeType, resourceUrl]",
    to: "required: [changeType]",
    finds: ["commsNotification.resourceUrl is required in the metadata only"],
    inOpenApi: [],
  },
  {
    what: "a property that nobody reviewed",
    from: "        resource:\n          description: 'The path of old",
    to: "        subject: { type: string }\n        resource:\n          description: 'The path of old",
    finds: ["commsNotification.subject is in the spec only"],
    inOpenApi: [],
  },
  {
    what: "a reviewed property less",
    from: /\n {8}resource:\n.+\n.+/,
    to: "",
    finds: ["outdated: commsNotification.resource is in the spec only"],
    inOpenApi: [],
  },
  { what: "a description", from: "It sets an absolute state, it does not toggle.", to: "It sets a state.", finds: [] },
  { what: "a header", from: "        Retry-After: *retryAfter\n", to: "", finds: [] },
];
