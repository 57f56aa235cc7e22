// The facts as Microsoft's own metadata states them, wherever a copy of it lies next to this repository.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Json, type JsonObject, root } from "../../scripts/spec.ts";
import { attributes, children, type Element, members, named, readGraphSchema } from "./csdl.ts";
import { differencesOf } from "./metadata-differences.ts";
import { lookUp } from "./read-spec.ts";

const files = ["../shared/metadata/v1.0-Prod.csdl", "../shared/metadata/v1.0-Fairfax.csdl"];
const schemas = (lookUp("components", "schemas") ?? {}) as Record<string, JsonObject>;

/** Where the spec says something else than the metadata, on purpose. A new difference fails: correct the spec, or add it here with its reason. */
const reviewed: Record<string, string> = {
  "updateRecordingStatus.clientContext has Unicode=false in the metadata only":
    "the docs ask for no ASCII: it is advice, nothing is refused",
  "updateRecordingStatus.clientContext has maxLength 256 in the spec only": 'docs: "Max limit is 256 chars."',
  "entity is open in the spec only": "answers carry OData annotations, and the base must not close the open types derived from it",
  "commsOperation.status may be null in the spec only": "docs, commsoperation: a status of null means that more comes by notification",
  "resultInfo is open in the spec only": "answers carry OData annotations",
  "commsNotification.resource is in the spec only": "reports, microsoft-graph-comms-samples#81: the path of old, in an open type",
  "commsNotification.resourceData is in the spec only": "docs, commsnotification: the resource or a list of them, in an open type",
  "commsNotifications is open in the spec only": "notifications carry OData annotations",
};

for (const file of files.filter((one) => !existsSync(root + one))) {
  console.warn(`test/facts/metadata.test.ts skips its comparison: there is no ${file} (seen from the repository's root).`);
}

describe.each(files)("%s", (file) => {
  describe.skipIf(!existsSync(root + file))("as stated", () => {
    const schema = existsSync(root + file) ? readGraphSchema(root + file) : {};
    statesTheAction(schema);
    statesTheEnums(schema);
    statesTheTypes(schema);
    statesTheAddresses(schema);
    agreesWithTheSpec(schema);
  });
});

function statesTheAction(schema: Element) {
  test("the action is bound to a call and takes a status, never null, and a context, ASCII or null", () => {
    const action = named(schema, "Action", "updateRecordingStatus");
    expect(action.IsBound).toBe("true");
    expect(children(action, "Parameter").map(attributes)).toEqual([
      { Name: "bindingParameter", Type: "graph.call" },
      { Name: "status", Type: "graph.recordingStatus", Nullable: "false" },
      { Name: "clientContext", Type: "Edm.String", Unicode: "false" },
    ]);
  });

  test("the action returns an updateRecordingStatusOperation, or nothing", () => {
    expect(children(named(schema, "Action", "updateRecordingStatus"), "ReturnType").map(attributes)).toEqual([
      { Type: "graph.updateRecordingStatusOperation" },
    ]);
  });
}

function statesTheEnums(schema: Element) {
  test("recordingStatus has five members; the spec sends the three that the docs name", () => {
    const all = members(schema, "recordingStatus");
    expect(all).toEqual({ unknown: "0", notRecording: "1", recording: "2", failed: "3", unknownFutureValue: "4" });
    const { unknown, unknownFutureValue, ...documented } = all;
    expect(enumOf(schemas, "ReportableStatus")).toEqual(new Set(Object.keys(documented)));
  });

  test("operationStatus has four members in Pascal case; the spec knows the same four in lower camel case", () => {
    const all = members(schema, "operationStatus");
    expect(all).toEqual({ NotStarted: "0", Running: "1", Completed: "2", Failed: "3" });
    expect(enumOf(schemas, "OperationStatus")).toEqual(
      new Set(Object.keys(all).map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`)),
    );
  });

  test("changeType has three members, and so has the spec", () => {
    const all = members(schema, "changeType");
    expect(all).toEqual({ created: "0", updated: "1", deleted: "2" });
    expect(enumOf(schemas.CommsNotification?.properties, "changeType")).toEqual(new Set(Object.keys(all)));
  });
}

/** The members of an enum, also of one that is open by `anyOf`. */
function enumOf(holder: Json | undefined, name: string): Set<string> {
  const { enum: own, anyOf = [] } = ((holder ?? {}) as Record<string, { enum?: string[]; anyOf?: { enum?: string[] }[] }>)[name] ?? {};
  return new Set(own ?? anyOf.flatMap((one) => one.enum ?? []));
}

function statesTheTypes(schema: Element) {
  const properties = (tag: string, name: string) => children(named(schema, tag, name), "Property").map(attributes);

  test("commsOperation is an open entity with a context, a result and a status", () => {
    const { BaseType, OpenType } = named(schema, "EntityType", "commsOperation");
    expect({ BaseType, OpenType }).toEqual({ BaseType: "graph.entity", OpenType: "true" });
    expect(properties("EntityType", "commsOperation")).toEqual([
      { Name: "clientContext", Type: "Edm.String" },
      { Name: "resultInfo", Type: "graph.resultInfo" },
      { Name: "status", Type: "graph.operationStatus", Nullable: "false" },
    ]);
    expect(schemas.CommsOperation?.allOf).toContainEqual({ $ref: "#/components/schemas/Entity" });
  });

  test("updateRecordingStatusOperation is an open commsOperation and adds nothing", () => {
    const { BaseType, OpenType } = named(schema, "EntityType", "updateRecordingStatusOperation");
    expect({ BaseType, OpenType }).toEqual({ BaseType: "graph.commsOperation", OpenType: "true" });
    expect(properties("EntityType", "updateRecordingStatusOperation")).toEqual([]);
    expect(schemas.UpdateRecordingStatusOperation?.allOf).toEqual([{ $ref: "#/components/schemas/CommsOperation" }]);
  });

  test("resultInfo has a code and a subcode, never null, and a message", () => {
    expect(properties("ComplexType", "resultInfo")).toEqual([
      { Name: "code", Type: "Edm.Int32", Nullable: "false" },
      { Name: "message", Type: "Edm.String" },
      { Name: "subcode", Type: "Edm.Int32", Nullable: "false" },
    ]);
  });

  test("commsNotifications is a list of commsNotification, an open type with a change and an address", () => {
    expect(properties("ComplexType", "commsNotifications")).toEqual([{ Name: "value", Type: "Collection(graph.commsNotification)" }]);
    expect(named(schema, "ComplexType", "commsNotification").OpenType).toBe("true");
    expect(properties("ComplexType", "commsNotification")).toEqual([
      { Name: "changeType", Type: "graph.changeType", Nullable: "false" },
      { Name: "resourceUrl", Type: "Edm.String", Nullable: "false" },
    ]);
  });
}

function statesTheAddresses(schema: Element) {
  const singletons = children(schema, "EntityContainer").flatMap((container) => children(container, "Singleton").map(({ Name }) => Name));

  test("a call contains its operations, so one can be read below the call", () => {
    const navigation = children(named(schema, "EntityType", "call"), "NavigationProperty").map(attributes);
    expect(navigation).toContainEqual({ Name: "operations", Type: "Collection(graph.commsOperation)", ContainsTarget: "true" });
    expect(lookUp("paths", "/communications/calls/{id}/operations/{operationId}", "get")).toBeDefined();
  });

  test("the singleton communications exists, app does not: so the path below /app is not for v1.0", () => {
    expect(singletons).toContain("communications");
    expect(singletons).not.toContain("app");
  });
}

function agreesWithTheSpec(schema: Element) {
  test("the spec differs from the metadata in the reviewed points only", () => {
    const types = ["entity", "commsOperation", "updateRecordingStatusOperation", "resultInfo", "commsNotification", "commsNotifications"];
    const action = named(schema, "Action", "updateRecordingStatus");
    const found = differencesOf("updateRecordingStatus", action, "Parameter", schemas.UpdateRecordingStatusRequest, schema, schemas);
    for (const type of types) {
      const tag = children(schema, "EntityType").some(({ Name }) => Name === type) ? "EntityType" : "ComplexType";
      const specSchema = schemas[`${type.charAt(0).toUpperCase()}${type.slice(1)}`];
      found.push(...differencesOf(type, named(schema, tag, type), "Property", specSchema, schema, schemas));
    }
    expect(found.toSorted(), "correct the spec, or add the difference to `reviewed` in this file with its reason").toEqual(
      Object.keys(reviewed).toSorted(),
    );
  });
}
