// The facts as Microsoft's own metadata states them, wherever a copy of it lies next to this repository. What differs on purpose is in
// openapi/reviewed-differences.yaml: `npm run drift` compares with the same code.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Csdl, childrenOf, readCsdl } from "../../scripts/drift/csdl.ts";
import { metadataOf } from "../../scripts/drift/csdl-model.ts";
import { judgeMetadata } from "../../scripts/drift/judge-metadata.ts";
import { readReviewedDifferences } from "../../scripts/drift/reviewed.ts";
import { readSpecSide } from "../../scripts/drift/spec-side.ts";
import type { Element } from "../../scripts/drift/xml.ts";
import { type Json, type JsonObject, readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import { lookUp } from "./read-spec.ts";

const files = ["../shared/metadata/v1.0-Prod.csdl", "../shared/metadata/v1.0-Fairfax.csdl"];
const schemas = (lookUp("components", "schemas") ?? {}) as Record<string, JsonObject>;

for (const file of files.filter((one) => !existsSync(root + one))) {
  console.warn(`test/facts/metadata.test.ts skips its comparison: there is no ${file} (seen from the repository's root).`);
}

describe.each(files)("%s", (file) => {
  describe.skipIf(!existsSync(root + file))("as stated", () => {
    const schema = existsSync(root + file) ? readCsdl(readFileSync(root + file, "utf8"), file) : nothing;
    statesTheAction(schema);
    statesTheEnums(schema);
    statesTheTypes(schema);
    statesTheAddresses(schema);

    test("the spec differs from the metadata in the reviewed points only", () => {
      const { open, outdated } = judgeMetadata(readSpecSide(readSpecText()), metadataOf(schema), readReviewedDifferences(root), {});
      const found = { open: open.map(({ text: difference }) => difference), outdated: outdated.map(({ difference }) => difference) };
      expect(found, `see npm run drift -- ${file}`).toEqual({ open: [], outdated: [] });
    });
  });
});

/** Where no copy is, no test of these is run. */
const nothing: Csdl = { source: "", namespaces: [], types: new Map(), operations: new Map(), roots: new Map(), qualify: (type) => type };

function type(csdl: Csdl, name: string): Element {
  const element = csdl.types.get(`microsoft.graph.${name}`)?.element;
  if (element === undefined) throw new Error(`The metadata has no type ${name}.`);
  return element;
}

function actionOf(csdl: Csdl): Element {
  const [action, another] = csdl.operations.get("updateRecordingStatus") ?? [];
  if (action === undefined || another !== undefined) throw new Error("The metadata must have one action updateRecordingStatus.");
  return action.element;
}

function attributesOf(element: Element, tag: string): Element["attributes"][] {
  return childrenOf(element.children, tag).map(({ attributes }) => attributes);
}

function members(csdl: Csdl, name: string): Record<string, string | undefined> {
  return Object.fromEntries(attributesOf(type(csdl, name), "Member").map(({ Name, Value }) => [Name, Value]));
}

function statesTheAction(schema: Csdl) {
  test("the action is bound to a call and takes a status, never null, and a context, ASCII or null", () => {
    const action = actionOf(schema);
    expect(action.attributes.IsBound).toBe("true");
    expect(attributesOf(action, "Parameter")).toEqual([
      { Name: "bindingParameter", Type: "graph.call" },
      { Name: "status", Type: "graph.recordingStatus", Nullable: "false" },
      { Name: "clientContext", Type: "Edm.String", Unicode: "false" },
    ]);
  });

  test("the action returns an updateRecordingStatusOperation, or nothing", () => {
    expect(attributesOf(actionOf(schema), "ReturnType")).toEqual([{ Type: "graph.updateRecordingStatusOperation" }]);
  });
}

function statesTheEnums(schema: Csdl) {
  // What of it the spec sends is compared with it, as every member of every enum is, and reviewed where it differs.
  test("recordingStatus has five members", () => {
    expect(members(schema, "recordingStatus")).toEqual({
      unknown: "0",
      notRecording: "1",
      recording: "2",
      failed: "3",
      unknownFutureValue: "4",
    });
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

function statesTheTypes(schema: Csdl) {
  const properties = (name: string) => attributesOf(type(schema, name), "Property");

  test("commsOperation is an open entity with a context, a result and a status", () => {
    const { BaseType, OpenType } = type(schema, "commsOperation").attributes;
    expect({ BaseType, OpenType }).toEqual({ BaseType: "graph.entity", OpenType: "true" });
    expect(properties("commsOperation")).toEqual([
      { Name: "clientContext", Type: "Edm.String" },
      { Name: "resultInfo", Type: "graph.resultInfo" },
      { Name: "status", Type: "graph.operationStatus", Nullable: "false" },
    ]);
    expect(schemas.CommsOperation?.allOf).toContainEqual({ $ref: "#/components/schemas/Entity" });
  });

  test("updateRecordingStatusOperation is an open commsOperation and adds nothing", () => {
    const { BaseType, OpenType } = type(schema, "updateRecordingStatusOperation").attributes;
    expect({ BaseType, OpenType }).toEqual({ BaseType: "graph.commsOperation", OpenType: "true" });
    expect(properties("updateRecordingStatusOperation")).toEqual([]);
    expect(schemas.UpdateRecordingStatusOperation?.allOf).toEqual([{ $ref: "#/components/schemas/CommsOperation" }]);
  });

  test("resultInfo has a code and a subcode, never null, and a message", () => {
    expect(properties("resultInfo")).toEqual([
      { Name: "code", Type: "Edm.Int32", Nullable: "false" },
      { Name: "message", Type: "Edm.String" },
      { Name: "subcode", Type: "Edm.Int32", Nullable: "false" },
    ]);
  });

  test("commsNotifications is a list of commsNotification, an open type with a change and an address", () => {
    expect(properties("commsNotifications")).toEqual([{ Name: "value", Type: "Collection(graph.commsNotification)" }]);
    expect(type(schema, "commsNotification").attributes.OpenType).toBe("true");
    expect(properties("commsNotification")).toEqual([
      { Name: "changeType", Type: "graph.changeType", Nullable: "false" },
      { Name: "resourceUrl", Type: "Edm.String", Nullable: "false" },
    ]);
  });
}

function statesTheAddresses(schema: Csdl) {
  test("a call contains its operations, so one can be read below the call", () => {
    const navigation = attributesOf(type(schema, "call"), "NavigationProperty");
    expect(navigation).toContainEqual({ Name: "operations", Type: "Collection(graph.commsOperation)", ContainsTarget: "true" });
    expect(lookUp("paths", "/communications/calls/{id}/operations/{operationId}", "get")).toBeDefined();
  });

  test("the singleton communications exists, app does not: so the path below /app is not for v1.0", () => {
    expect(schema.roots.get("communications")?.element.tag).toBe("Singleton");
    expect(schema.roots.has("app")).toBe(false);
  });
}
