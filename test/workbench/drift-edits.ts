// Edits of the types and addresses of Microsoft's CSDL, and edits that mean nothing.
import { binding, type Edit, get, ofEnums, ofTheAction, operation, post, returns } from "./drift-edits-action.ts";

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
