// Edits of Microsoft's metadata and of our spec, and what must be found after each.

import { frozenLimit as limit } from "../support/frozen.ts";
import { csdl } from "./drift-fixtures.ts";

export type Edit = {
  readonly what: string;
  /** A text that stands there, and what replaces it. */
  readonly from: string | RegExp;
  readonly to: string | ((found: string) => string);
  /** Nothing: the edit means nothing. */
  readonly finds: readonly string[];
};

export const post = "POST /communications/calls/{}/updateRecordingStatus";
export const get = "GET /communications/calls/{}/operations/{}";
const action = /<Action Name="updateRecordingStatus"[\s\S]*?<\/Action>/;
const lineOf = (text: string) => csdl.slice(0, csdl.indexOf(text, csdl.search(action))).split("\n").length;
const twice = `${lineOf("<Action")} and ${lineOf("</Action>")}`;
export const binding = '<Parameter Name="bindingParameter" Type="graph.call" />\n        <Parameter Name="status"';
export const returns = '<ReturnType Type="graph.updateRecordingStatusOperation" />';
export const operation = '<EntityType Name="updateRecordingStatusOperation" BaseType="graph.commsOperation" OpenType="true" />';

export const ofTheAction: Edit[] = [
  {
    what: "the action bound to another type",
    from: binding,
    to: binding.replace("graph.call", "graph.participant"),
    finds: [`${post} is in the spec only: updateRecordingStatus is bound to participant; it must be bound to call`],
  },
  {
    what: "the action bound to a collection of calls",
    from: binding,
    to: binding.replace("graph.call", "Collection(graph.call)"),
    finds: [`${post} is in the spec only: updateRecordingStatus is bound to Collection(call); it must be bound to call`],
  },
  {
    what: "the action not bound",
    from: '<Action Name="updateRecordingStatus" IsBound="true">',
    to: '<Action Name="updateRecordingStatus">',
    finds: [`${post} is in the spec only: updateRecordingStatus is not bound; it must be bound to call`],
  },
  {
    what: "the action bound to a call twice",
    from: action,
    to: (found) => found + found,
    finds: [`${post} is in the spec only: updateRecordingStatus is bound to call twice, at lines ${twice}`],
  },
  {
    what: "a function in place of the action",
    from: action,
    to: `<Function Name="updateRecordingStatus" IsBound="true"><Parameter Name="it" Type="graph.call"/>${returns}</Function>`,
    finds: [`${post} is in the spec only: updateRecordingStatus is a function, not an action`],
  },
  {
    what: "the action in another schema",
    from: /<Action Name="updateRecordingStatus"[\s\S]*?<Schema Namespace="microsoft.graph.security".*>/,
    to: (found) => found.replace(action, "") + (action.exec(found)?.[0] ?? ""),
    finds: [`${post} is in the spec only: updateRecordingStatus is in the schema microsoft.graph.security, not microsoft.graph`],
  },
  {
    what: "a parameter of another type",
    from: 'Name="clientContext" Type="Edm.String" Unicode="false"',
    to: 'Name="clientContext" Type="Edm.Guid" Unicode="false"',
    finds: ["updateRecordingStatus.clientContext is Edm.Guid in the metadata, Edm.String in the spec"],
  },
  {
    what: "a collection as parameter",
    from: 'Type="graph.recordingStatus" Nullable="false"',
    to: 'Type="Collection(graph.recordingStatus)"',
    finds: ["updateRecordingStatus.status is Collection(enum) in the metadata, an enum in the spec"],
  },
  {
    what: "a parameter that is no enum any more",
    from: 'Type="graph.recordingStatus" Nullable="false"',
    to: 'Type="Edm.String" Nullable="false"',
    finds: ["updateRecordingStatus.status is Edm.String in the metadata, an enum in the spec"],
  },
  {
    what: "the status nullable",
    from: 'Type="graph.recordingStatus" Nullable="false"',
    to: 'Type="graph.recordingStatus"',
    finds: [
      "updateRecordingStatus needs a body in the spec only",
      "updateRecordingStatus.status is required in the spec only",
      "updateRecordingStatus.status may be null in the metadata only",
    ],
  },
  {
    what: "the context never null",
    from: 'Unicode="false"',
    to: 'Unicode="false" Nullable="false"',
    finds: [
      "updateRecordingStatus.clientContext is required in the metadata only",
      "updateRecordingStatus.clientContext may be null in the spec only",
    ],
  },
  {
    what: "another limit than ours",
    from: 'Unicode="false"',
    to: 'Unicode="false" MaxLength="128"',
    finds: [
      `updateRecordingStatus.clientContext has maxLength 128 in the metadata, ${limit} in the spec`,
      `outdated: updateRecordingStatus.clientContext has maxLength ${limit} in the spec only`,
    ],
  },
  {
    what: "our limit, which needs no review any more",
    from: 'Unicode="false"',
    to: `Unicode="false" MaxLength="${limit}"`,
    finds: [`outdated: updateRecordingStatus.clientContext has maxLength ${limit} in the spec only`],
  },
  {
    what: "another facet",
    from: 'Type="graph.updateRecordingStatusOperation" />',
    to: 'Type="graph.updateRecordingStatusOperation" SRID="0" />',
    finds: ["updateRecordingStatus has SRID 0 in the metadata only"],
  },
  {
    what: "a parameter more",
    from: returns,
    to: `<Parameter Name="note" Type="Edm.String" />${returns}`,
    finds: ["updateRecordingStatus.note is in the metadata only"],
  },
  {
    what: "a parameter less",
    from: '<Parameter Name="clientContext" Type="Edm.String" Unicode="false" />',
    to: "",
    finds: ["updateRecordingStatus.clientContext is in the spec only"],
  },
  {
    what: "a parameter renamed",
    from: 'Name="clientContext" Type="Edm.String" Unicode="false"',
    to: 'Name="context" Type="Edm.String" Unicode="false"',
    finds: ["updateRecordingStatus.clientContext is in the spec only", "updateRecordingStatus.context is in the metadata only"],
  },
  {
    what: "another return type",
    from: returns,
    to: '<ReturnType Type="graph.commsOperation" />',
    finds: ["updateRecordingStatus returns commsOperation in the metadata, updateRecordingStatusOperation in the spec"],
  },
  {
    what: "a return type of the same name in another schema",
    from: returns,
    to: '<ReturnType Type="self.updateRecordingStatusOperation" />',
    finds: [
      "updateRecordingStatus returns security.updateRecordingStatusOperation in the metadata, updateRecordingStatusOperation in the spec",
    ],
  },
  {
    what: "nothing returned",
    from: returns,
    to: "",
    finds: ["updateRecordingStatus returns nothing in the metadata, updateRecordingStatusOperation in the spec"],
  },
  {
    what: "always something returned",
    from: returns,
    to: returns.replace(" />", ' Nullable="false" />'),
    finds: ["outdated: updateRecordingStatus may return nothing in the metadata only"],
  },
];

export const ofEnums: Edit[] = [
  {
    what: "a status more that may be reported",
    from: '<Member Name="unknownFutureValue" Value="4" />',
    to: '<Member Name="unknownFutureValue" Value="4" /><Member Name="humming" Value="5" />',
    finds: ["updateRecordingStatus.status may be humming in the metadata only"],
  },
  {
    what: "a status less that may be reported",
    from: '<Member Name="failed" Value="3" />',
    to: "",
    finds: ["updateRecordingStatus.status may be failed in the spec only"],
  },
  {
    what: "a status that is written otherwise",
    from: '<Member Name="recording" Value="2" />',
    to: '<Member Name="Recording" Value="2" />',
    finds: [
      "updateRecordingStatus.status may be recording in the spec only",
      "updateRecordingStatus.status may be Recording in the metadata only",
    ],
  },
  {
    what: "a member gone that we do not send",
    from: '<Member Name="unknown" Value="0" />',
    to: "",
    finds: ["outdated: updateRecordingStatus.status may be unknown in the metadata only"],
  },
  {
    what: "a status more of operations",
    from: '<Member Name="Failed" Value="3" />',
    to: '<Member Name="Failed" Value="3" /><Member Name="unknownFutureValue" Value="4" />',
    finds: ["commsOperation.status may be unknownFutureValue in the metadata only"],
  },
  {
    what: "a status less of operations",
    from: '<Member Name="Running" Value="1" />',
    to: "",
    finds: ["commsOperation.status may be running in the spec only"],
  },
  {
    what: "the statuses of operations as the docs write them",
    from: /<Member Name="NotStarted"[\s\S]*?"Failed"/,
    to: '<Member Name="notStarted" Value="0" /><Member Name="running" /><Member Name="completed" /><Member Name="failed"',
    finds: [],
  },
  {
    what: "a kind of change less",
    from: '<Member Name="updated" Value="1" />',
    to: "",
    finds: ["commsNotification.changeType may be updated in the spec only"],
  },
  { what: "a kind of change in Pascal case", from: 'Name="deleted"', to: 'Name="Deleted"', finds: [] },
  {
    what: "an enum of flags",
    from: '<EnumType Name="changeType">',
    to: '<EnumType Name="changeType" IsFlags="true">',
    finds: ["commsNotification.changeType may be several members at once in the metadata only"],
  },
  {
    what: "another enum of the same members",
    from: /<EnumType Name="recordingStatus">[\s\S]*Type="graph\.recordingStatus"/,
    to: (found) => found.replaceAll("recordingStatus", "recordingState"),
    finds: [
      "updateRecordingStatus.status is of the enum recordingState in the metadata, reportableStatus in the spec",
      "outdated: updateRecordingStatus.status is of the enum recordingStatus in the metadata, reportableStatus in the spec",
    ],
  },
];
