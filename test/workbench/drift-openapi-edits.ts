// Edits of an OpenAPI document of Microsoft's, and what must be found after each.

import { frozenLimit as limit } from "../support/frozen.ts";
import type { Edit } from "./drift-edits-action.ts";

const post = "POST /communications/calls/{}/updateRecordingStatus";
const get = "GET /communications/calls/{}/operations/{}";
const longPath = "'/communications/calls/{call-id}/microsoft.graph.updateRecordingStatus':";
const context = "clientContext:\n                  type: string\n                  nullable: true";
const answer = "$ref: '#/components/schemas/microsoft.graph.updateRecordingStatusOperation'";
const resultInfo = "resultInfo:\n              $ref: '#/components/schemas/microsoft.graph.resultInfo'";
const body = /type: object\n {14}properties:\n {16}status[\s\S]*?additionalProperties:\n +type: object\n/;
const asComponent = (found: string) => `    body:\n      ${found.replaceAll("\n        ", "\n")}`;

export const openapiEdits: readonly Edit[] = [
  {
    what: "a parameter that nobody needs, and that leads nowhere",
    from: "        - { name: $select, in: query",
    to: "        - $ref: '#/components/parameters/gone'\n        - { name: $select, in: query",
    finds: [],
  },
  {
    what: "the short form of the path, its parameter not declared",
    from: longPath,
    to: "'/communications/calls/{id}/updateRecordingStatus':",
    finds: [],
  },
  {
    what: "the short form of the path, its parameter too",
    from: /'\/communications\/calls\/\{call-id\}\/microsoft[\s\S]*?name: call-id/,
    to: (found) => found.replace("microsoft.graph.", "").replaceAll("call-id", "callId"),
    finds: [],
  },
  {
    what: "another method",
    from: "    post:\n",
    to: "    put:\n",
    finds: [`${post} is in the spec only`, "PUT /communications/calls/{}/updateRecordingStatus is in the metadata only"],
  },
  {
    what: "the path of old",
    from: "components:\n  schemas:",
    to: "  /app/calls/{call-id}/microsoft.graph.updateRecordingStatus: { post: { responses: { 204: { description: Done } } } }\ncomponents:\n  schemas:",
    finds: ["POST /app/calls/{}/updateRecordingStatus is in the metadata only"],
  },
  { what: "no reading of operations", from: "    get:\n", to: "    head:\n", finds: [`${get} is in the spec only`] },
  {
    what: "a parameter more",
    from: context,
    to: `note:\n                  type: string\n                ${context}`,
    finds: ["updateRecordingStatus.note is in the metadata only"],
  },
  { what: "a parameter less", from: context, to: "", finds: ["updateRecordingStatus.clientContext is in the spec only"] },
  {
    what: "a context that is never null",
    from: context,
    to: "clientContext:\n                  type: string",
    finds: ["updateRecordingStatus.clientContext may be null in the spec only"],
  },
  {
    what: "a context that is required",
    from: `properties:\n                status`,
    to: "required: [status, clientContext]\n              properties:\n                status",
    finds: ["updateRecordingStatus.clientContext is required in the metadata only"],
  },
  {
    what: "a status that is required, as ours",
    from: `properties:\n                status`,
    to: "required: [status]\n              properties:\n                status",
    finds: [],
  },
  {
    what: "a context of another type",
    from: context,
    to: context.replace("string", "string\n                  format: uuid"),
    finds: ["updateRecordingStatus.clientContext is Edm.Guid in the metadata, Edm.String in the spec"],
  },
  {
    what: "another limit",
    from: context,
    to: `${context}\n                  maxLength: 128`,
    finds: [
      `updateRecordingStatus.clientContext has maxLength 128 in the metadata, ${limit} in the spec`,
      `outdated: updateRecordingStatus.clientContext has maxLength ${limit} in the spec only`,
    ],
  },
  {
    what: "the types of OpenAPI 3.1",
    from: /^openapi: 3\.0\.1[\s\S]*?clientContext:\n +type: string\n +nullable: true\n/,
    to: (found) => found.replace("3.0.1", "3.1.0").replace("type: string\n                  nullable: true", "type: [string, 'null']"),
    finds: [],
  },
  {
    what: "a body that may be left out",
    from: "        required: true\n      responses",
    to: "      responses",
    finds: ["updateRecordingStatus needs a body in the spec only"],
  },
  {
    what: "a closed body",
    from: "additionalProperties:\n                type: object\n        required",
    to: "additionalProperties: false\n        required",
    finds: ["outdated: updateRecordingStatus is open in the metadata only"],
  },
  {
    what: "a body in components",
    from: /type: object\n {14}properties:\n {16}status[\s\S]*# Nothing of ours/,
    to: (found) =>
      found
        .replace(body, `$ref: '#/components/schemas/body'\n`)
        .replace("    # Nothing of ours", `${asComponent(body.exec(found)?.[0] ?? "")}    # Nothing of ours`),
    finds: [],
  },
  {
    what: "a status more that may be reported",
    from: "        - unknownFutureValue\n",
    to: "        - unknownFutureValue\n        - humming\n",
    finds: ["updateRecordingStatus.status may be humming in the metadata only"],
  },
  {
    what: "a status less that may be reported",
    from: "        - notRecording\n",
    to: "",
    finds: ["updateRecordingStatus.status may be notRecording in the spec only"],
  },
  {
    what: "a status more of operations",
    from: "        - Failed\n",
    to: "        - Failed\n        - Cancelled\n",
    finds: ["commsOperation.status may be cancelled in the metadata only"],
  },
  { what: "the statuses of operations as the docs write them", from: "        - Failed\n", to: "        - failed\n", finds: [] },
  {
    what: "an enum without a name",
    from: "$ref: '#/components/schemas/microsoft.graph.recordingStatus'",
    to: "{ type: string, enum: [unknown, notRecording, recording, failed, unknownFutureValue] }",
    finds: [],
  },
  {
    what: "another answer",
    from: answer,
    to: answer.replace("updateRecordingStatusOperation", "commsOperation"),
    finds: ["updateRecordingStatus returns commsOperation in the metadata, updateRecordingStatusOperation in the spec"],
  },
  {
    what: "an answer 200",
    from: `2XX:\n          description: Success\n          content:`,
    to: "'200':\n          description: Success\n          content:",
    finds: [],
  },
  { what: "an answer that may be null", from: answer, to: `anyOf: [{ ${answer} }, { type: object, nullable: true }]`, finds: [] },
  {
    what: "no answer",
    from: /description: Success\n +content:[\s\S]*?Operation'\n/,
    to: "description: Success\n",
    finds: ["updateRecordingStatus returns nothing in the metadata, updateRecordingStatusOperation in the spec"],
  },
  {
    what: "another base",
    from: "- $ref: '#/components/schemas/microsoft.graph.commsOperation'\n        - title: update",
    to: "- $ref: '#/components/schemas/microsoft.graph.entity'\n        - title: update",
    finds: [
      "updateRecordingStatusOperation derives from entity in the metadata, commsOperation in the spec",
      "updateRecordingStatusOperation.clientContext is in the spec only",
      "updateRecordingStatusOperation.resultInfo is in the spec only",
      "updateRecordingStatusOperation.status is in the spec only",
    ],
  },
  {
    what: "a property of the base that the operation requires",
    from: "title: updateRecordingStatusOperation\n          type: object",
    to: "title: updateRecordingStatusOperation\n          type: object\n          required: [clientContext]",
    finds: ["updateRecordingStatusOperation.clientContext is required in the metadata only"],
  },
  {
    what: "a result that may be null",
    from: resultInfo,
    to: "resultInfo:\n              anyOf:\n                - $ref: '#/components/schemas/microsoft.graph.resultInfo'\n                - type: object\n                  nullable: true",
    finds: [],
  },
  {
    what: "a result of another type",
    from: resultInfo,
    to: "resultInfo:\n              type: string",
    finds: ["commsOperation.resultInfo is Edm.String in the metadata, resultInfo in the spec"],
  },
  {
    what: "a number that may be null",
    from: "description: The result code.",
    to: "nullable: true",
    finds: ["resultInfo.code may be null in the metadata only"],
  },
  {
    what: "a number of another size",
    from: "description: The result code.\n          format: int32",
    to: "format: int64",
    finds: [
      "resultInfo.code is Edm.Int64 in the metadata, Edm.Int32 in the spec",
      "resultInfo.code has maximum 2147483647 in the metadata only",
      "resultInfo.code has minimum -2147483648 in the metadata only",
    ],
  },
  {
    what: "ids that are numbers",
    from: "type: string\n          description: The unique",
    to: "type: integer\n          format: int32\n          description: The unique",
    finds: ["entity.id is Edm.Int32 in the metadata, Edm.String in the spec"],
  },
  {
    what: "the type's name in answers",
    from: "        id:\n          type: string",
    to: "        '@odata.type':\n          type: string\n        id:\n          type: string",
    finds: [],
  },
  {
    what: "notifications, as Microsoft's whole document has them",
    from: "    # Nothing of ours",
    to: `    microsoft.graph.commsNotifications:
      type: object
      properties:
        value: { type: array, items: { $ref: '#/components/schemas/microsoft.graph.commsNotification' } }
    microsoft.graph.commsNotification:
      type: object
      properties:
        changeType: { type: string, enum: [created, updated, deleted] }
        resourceUrl: { type: string }
    # Nothing of ours`,
    finds: [],
  },
];
