// Edits of Microsoft's metadata and of our spec, and what must be found after each.
export type Edit = {
  readonly what: string;
  /** A text that stands there, and what replaces it. */
  readonly from: string | RegExp;
  readonly to: string | ((found: string) => string);
  /** Nothing: the edit means nothing. */
  readonly finds: readonly string[];
};

const post = "POST /communications/calls/{}/updateRecordingStatus";
const get = "GET /communications/calls/{}/operations/{}";
const action = /<Action Name="updateRecordingStatus"[\s\S]*?<\/Action>/;
const binding = '<Parameter Name="bindingParameter" Type="graph.call" />\n        <Parameter Name="status"';
const returns = '<ReturnType Type="graph.updateRecordingStatusOperation" />';
const operation = '<EntityType Name="updateRecordingStatusOperation" BaseType="graph.commsOperation" OpenType="true" />';

const ofTheAction: Edit[] = [
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
    finds: [`${post} is in the spec only: updateRecordingStatus is bound to call twice, at lines 59 and 64`],
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
      "updateRecordingStatus.clientContext has maxLength 128 in the metadata, 256 in the spec",
      "outdated: updateRecordingStatus.clientContext has maxLength 256 in the spec only",
    ],
  },
  {
    what: "our limit, which needs no review any more",
    from: 'Unicode="false"',
    to: 'Unicode="false" MaxLength="256"',
    finds: ["outdated: updateRecordingStatus.clientContext has maxLength 256 in the spec only"],
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

const ofEnums: Edit[] = [
  {
    what: "a status more that may be reported",
    from: '<Member Name="unknownFutureValue" Value="4" />',
    to: '<Member Name="unknownFutureValue" Value="4" /><Member Name="paused" Value="5" />',
    finds: ["updateRecordingStatus.status may be paused in the metadata only"],
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

const ofTypes: Edit[] = [
  {
    what: "another base",
    from: operation,
    to: operation.replace("commsOperation", "entity"),
    finds: [
      "updateRecordingStatusOperation derives from entity in the metadata, commsOperation in the spec",
      "updateRecordingStatusOperation.clientContext is in the spec only",
      "updateRecordingStatusOperation.resultInfo is in the spec only",
      "updateRecordingStatusOperation.status is in the spec only",
    ],
  },
  {
    what: "a base between",
    from: operation,
    to: `<EntityType Name="between" BaseType="graph.commsOperation" />${operation.replace("commsOperation", "between")}`,
    finds: ["updateRecordingStatusOperation derives from between in the metadata, commsOperation in the spec"],
  },
  {
    what: "a property of the operation",
    from: operation,
    to: operation.replace(" />", '><Property Name="since" Type="Edm.DateTimeOffset" /></EntityType>'),
    finds: ["updateRecordingStatusOperation.since is in the metadata only"],
  },
  {
    what: "a navigation property of the operation",
    from: operation,
    to: operation.replace(" />", '><NavigationProperty Name="call" Type="graph.call" /></EntityType>'),
    finds: ["updateRecordingStatusOperation.call is in the metadata only"],
  },
  {
    what: "an abstract operation",
    from: operation,
    to: operation.replace(" />", ' Abstract="true" />'),
    finds: ["updateRecordingStatusOperation is abstract in the metadata: another type must be meant"],
  },
  {
    what: "a property less of the base",
    from: '<Property Name="clientContext" Type="Edm.String" />',
    to: "",
    finds: ["commsOperation.clientContext is in the spec only"],
  },
  {
    what: "a status of operations that may be null",
    from: '<Property Name="status" Type="graph.operationStatus" Nullable="false" />',
    to: '<Property Name="status" Type="graph.operationStatus" />',
    finds: ["commsOperation.status is required in the spec only", "outdated: commsOperation.status may be null in the spec only"],
  },
  {
    what: "a result of another type",
    from: '<Property Name="resultInfo" Type="graph.resultInfo" />',
    to: '<Property Name="resultInfo" Type="self.resultInfo" />',
    finds: ["commsOperation.resultInfo is security.resultInfo in the metadata, resultInfo in the spec"],
  },
  {
    what: "a result that is never null",
    from: '<Property Name="resultInfo" Type="graph.resultInfo" />',
    to: '<Property Name="resultInfo" Type="graph.resultInfo" Nullable="false" />',
    finds: ["commsOperation.resultInfo is required in the metadata only", "commsOperation.resultInfo may be null in the spec only"],
  },
  {
    what: "a number of another size",
    from: 'Name="subcode" Type="Edm.Int32"',
    to: 'Name="subcode" Type="Edm.Int64"',
    finds: ["resultInfo.subcode is Edm.Int64 in the metadata, Edm.Int32 in the spec"],
  },
  {
    what: "an open type that closes",
    from: 'Name="commsNotification" OpenType="true"',
    to: 'Name="commsNotification"',
    finds: ["commsNotification is open in the spec only"],
  },
  {
    what: "a closed type that opens",
    from: '<ComplexType Name="resultInfo">',
    to: '<ComplexType Name="resultInfo" OpenType="true">',
    finds: ["outdated: resultInfo is open in the spec only"],
  },
  {
    what: "an entity in place of a complex type",
    from: /<ComplexType Name="resultInfo">[\s\S]*?<\/ComplexType>/,
    to: (found) => found.replaceAll("ComplexType", "EntityType"),
    finds: ["resultInfo is an entity type in the metadata, a complex type in the spec"],
  },
  {
    what: "another key",
    from: '<PropertyRef Name="id" />',
    to: '<PropertyRef Name="key" />',
    finds: [
      `${post} has as id 1 nothing in the metadata, Edm.String in the spec`,
      `${get} has as id 1 nothing in the metadata, Edm.String in the spec`,
      `${get} has as id 2 nothing in the metadata, Edm.String in the spec`,
      "entity has the key key in the metadata, id in the spec",
    ],
  },
  {
    what: "no key",
    from: /<Key>[\s\S]*?<\/Key>/,
    to: "",
    finds: [
      `${post} has as id 1 nothing in the metadata, Edm.String in the spec`,
      `${get} has as id 1 nothing in the metadata, Edm.String in the spec`,
      `${get} has as id 2 nothing in the metadata, Edm.String in the spec`,
      "entity has no key in the metadata, id in the spec",
    ],
  },
  {
    what: "ids that are numbers",
    from: '<Property Name="id" Type="Edm.String"',
    to: '<Property Name="id" Type="Edm.Int64"',
    finds: [
      `${post} has as id 1 Edm.Int64 in the metadata, Edm.String in the spec`,
      `${get} has as id 1 Edm.Int64 in the metadata, Edm.String in the spec`,
      `${get} has as id 2 Edm.Int64 in the metadata, Edm.String in the spec`,
      "entity.id is Edm.Int64 in the metadata, Edm.String in the spec",
    ],
  },
  {
    what: "a notification in place of a list of them",
    from: 'Type="Collection(graph.commsNotification)"',
    to: 'Type="graph.commsNotification" Nullable="false"',
    finds: ["commsNotifications.value is commsNotification in the metadata, Collection(commsNotification) in the spec"],
  },
  {
    what: "a list that may hold null",
    from: 'Type="Collection(graph.commsNotification)"',
    to: 'Type="Collection(graph.commsNotification)" Nullable="true"',
    finds: ["commsNotifications.value may hold null in the metadata only"],
  },
  {
    what: "no notifications",
    from: /<ComplexType Name="commsNotifications">[\s\S]*?<\/ComplexType>/,
    to: "",
    finds: ["commsNotifications is in the spec only"],
  },
];

const ofAddresses: Edit[] = [
  {
    what: "no singleton communications",
    from: /<Singleton .*\/>/,
    to: "",
    finds: [post, get].map((address) => `${address} is in the spec only: there is no singleton or entity set communications`),
  },
  {
    what: "no calls",
    from: '<NavigationProperty Name="calls"',
    to: '<NavigationProperty Name="adhocCalls"',
    finds: [
      `${post} is in the spec only: cloudCommunications has no navigation property calls`,
      `${get} is in the spec only: cloudCommunications has no navigation property calls`,
      "POST /communications/adhocCalls/{}/updateRecordingStatus is in the metadata only",
    ],
  },
  {
    what: "operations of another type",
    from: "Collection(graph.commsOperation)",
    to: "Collection(graph.participant)",
    finds: [`${get} returns participant in the metadata, commsOperation in the spec`],
  },
  {
    what: "one operation only",
    from: "Collection(graph.commsOperation)",
    to: "graph.commsOperation",
    finds: [`${get} is in the spec only: call.operations is one commsOperation, not a collection`],
  },
  {
    what: "operations that the call does not contain",
    from: 'Type="Collection(graph.commsOperation)" ContainsTarget="true"',
    to: 'Type="Collection(graph.commsOperation)"',
    finds: [`${get} is in the spec only: call.operations does not contain its target (ContainsTarget), so it has no address there`],
  },
  {
    what: "another way to the calls",
    from: "</EntityContainer>",
    to: '<EntitySet Name="calls" EntityType="graph.call" /></EntityContainer>',
    finds: ["POST /calls/{}/updateRecordingStatus is in the metadata only"],
  },
];

const withoutMeaning: Edit[] = [
  { what: "full names in place of the alias", from: /"graph\.commsOperation"/, to: '"microsoft.graph.commsOperation"', finds: [] },
  { what: "a bare name", from: 'Type="graph.resultInfo"', to: 'Type="resultInfo"', finds: [] },
  { what: "the action bound to a base of call", from: binding, to: binding.replace("graph.call", "graph.entity"), finds: [] },
  { what: "the binding parameter renamed", from: binding, to: binding.replace("bindingParameter", "call"), finds: [] },
  {
    what: "an overload for another type",
    from: '<Action Name="updateRecordingStatus"',
    to: '<Action Name="updateRecordingStatus" IsBound="true"><Parameter Name="it" Type="graph.participant" /></Action><Action Name="updateRecordingStatus"',
    finds: [],
  },
  {
    what: "the navigation on a base",
    from: '<EntityType Name="call" BaseType="graph.entity" OpenType="true">',
    to: '<EntityType Name="call" BaseType="graph.callBase"/><EntityType Name="callBase" BaseType="graph.entity" OpenType="true">',
    finds: [],
  },
  {
    what: "parameters in another order",
    from: /<Parameter Name="status".*\n +<Parameter Name="clientContext".*\n/,
    to: (found) => found.split("\n").toReversed().join("\n"),
    finds: [],
  },
  {
    what: "annotations",
    from: returns,
    to: `${returns}<Annotation Term="Org.OData.Core.V1.Description" String="Max limit" /><!-- a comment -->`,
    finds: [],
  },
  { what: "other numbers of members", from: 'Name="recording" Value="2"', to: 'Name="recording" Value="20"', finds: [] },
  { what: "an open type by its base alone", from: operation, to: operation.replace(' OpenType="true"', ""), finds: [] },
  {
    what: "what is so by default",
    from: '<Property Name="clientContext" Type="Edm.String" />',
    to: '<Property Unicode="true" MaxLength="max" Nullable="true" Type="Edm.String" Name="clientContext"></Property>',
    finds: [],
  },
  {
    what: "a type definition",
    from: /<ComplexType Name="resultInfo">[\s\S]*?Edm\.String/,
    to: (found) => `<TypeDefinition Name="words" UnderlyingType="Edm.String" />${found.replace("Edm.String", "graph.words")}`,
    finds: [],
  },
  { what: "another prefix", from: /[\s\S]*/, to: (found) => found.replaceAll("edmx:", "e:").replace("xmlns:edmx", "xmlns:e"), finds: [] },
  { what: "single quotes", from: /[\s\S]*/, to: (found) => found.replaceAll('"', "'"), finds: [] },
  {
    what: "the schema in two parts",
    from: '<ComplexType Name="commsNotifications">',
    to: '</Schema><Schema Namespace="microsoft.graph"><ComplexType Name="commsNotifications">',
    finds: [],
  },
];

export const csdlEdits: readonly Edit[] = [...ofTheAction, ...ofEnums, ...ofTypes, ...ofAddresses, ...withoutMeaning];
