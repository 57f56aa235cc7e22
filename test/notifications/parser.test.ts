// The parser: every form that was documented or seen live, and whatever else somebody may post.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { isRecordingStatusError } from "teams-recording-status";
import { parseCommsNotifications } from "teams-recording-status/notifications";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { operationOnTheWire } from "../support/on-the-wire.ts";
import { body, call, callId, inUpperCase, namelessOperation, operation, operationId } from "./posted.ts";

const only = (...value: readonly unknown[]) => {
  const { notifications, ignored } = parseCommsNotifications(body(...value));
  expect(ignored).toEqual([]);
  expect(notifications).toHaveLength(1);
  return notifications[0];
};
const told = { kind: "operation", callId, operationId, status: "completed", changeType: "deleted" };

describe("the spec's own examples", () => {
  const { components } = parse(readFileSync("openapi/recording-status.yaml", "utf8"), { maxAliasCount: 1000 });
  const read = (name: string) => parseCommsNotifications(components.examples[name].value);

  test("documented: upper-case ids without dashes", () => {
    expect(read("notificationDocumented").notifications).toMatchObject([
      {
        ...told,
        clientContext: "d45324c1-fcb5-430a-902c-f20af696537c",
        resultInfo: { code: 200, subcode: 0, message: "Action completed successfully." },
        raw: components.examples.notificationDocumented.value.value[0],
      },
    ]);
  });

  test("live: both paths", () => expect(read("notificationLive").notifications).toMatchObject([{ ...told, status: "failed" }]));

  test("several in one body: a call is one of ours, participants are ignored and reported", () => {
    const { notifications, ignored } = read("notificationCollection");
    expect(notifications).toMatchObject([{ kind: "call", callId, operationId: undefined, status: "established", changeType: "updated" }]);
    expect(ignored).toMatchObject([{ at: "value[0]", reason: expect.stringContaining("neither a call nor an operation") }]);
  });
});

describe("every form of one notification gives the same", () => {
  const { resource, resourceUrl, resourceData, ...rest } = operation();
  const withoutDashes = { call: inUpperCase(callId), id: inUpperCase(operationId) };
  test.each<[string, unknown]>([
    ["resourceUrl only", { ...rest, resourceUrl, resourceData }],
    ["resource only, the path of old", { ...rest, resource, resourceData }],
    ["ids in upper case without dashes", operation(withoutDashes)],
    ["one path with dashes, the other without", { ...operation(withoutDashes), resource }],
    ["the operation's id in the path alone", { ...rest, resourceUrl, resourceData: { ...resourceData, id: undefined } }],
    ["the operation's id in the resource alone", { ...rest, resourceUrl: `/communications/calls/${callId}/operations`, resourceData }],
    ["a list with one operation", { ...rest, resourceUrl, resourceData: [resourceData] }],
    ["the status in Pascal case", operation({ status: "Completed" })],
    ["the change in upper case", operation({}, { changeType: "DELETED" })],
    ["a whole URL", { ...rest, resourceUrl: `https://graph.microsoft.com/v1.0${resourceUrl}`, resourceData }],
    ["a slash at the end, a query", { ...rest, resourceUrl: `${resourceUrl}/?a=b`, resourceData }],
    [
      "words of the path in other cases",
      { ...rest, resourceUrl: resourceUrl.replace("communications/calls", "Communications/Calls"), resourceData },
    ],
    ["a path that is null", { ...rest, resource: null, resourceUrl, resourceData }],
    ["more fields than anybody knows", { ...operation(), tenantId: "t", resourceData: { ...resourceData, more: { deep: [1] } } }],
  ])("%s", (_, notification) => expect(only(notification)).toMatchObject(told));
});

test("codes as strings are numbers", () => {
  const { resourceData } = operation();
  const notification = operation(
    {},
    { resourceData: { ...resourceData, ...operationOnTheWire({ resultInfo: { code: "200", subcode: "0", message: "m" } }) } },
  );
  expect(only(notification)).toMatchObject({ resultInfo: { code: 200, subcode: 0, message: "m" } });
});

test("a list of operations is one notification for each", () => {
  const { resourceData } = operation();
  const resourceUrl = `/communications/calls/${callId}/operations`;
  const list = [resourceData, { ...resourceData, id: "other", status: "running" }];
  const { notifications } = parseCommsNotifications(body({ changeType: "updated", resourceUrl, resourceData: list }));
  expect(notifications).toMatchObject(
    [told, { operationId: "other", status: "running" }].map((one) => ({ ...one, changeType: "updated" })),
  );
});

test("what is unknown completes nothing", () => {
  expect(only(operation({ status: "hovering" }))).toMatchObject({ status: "unrecognized" });
  expect(only(operation({ status: null }))).toMatchObject({ status: null });
  expect(only(operation({}, { changeType: "moved" }))).toMatchObject({ changeType: "unrecognized" });
  expect(only(operation({}, { changeType: undefined }))).toMatchObject({ changeType: "unrecognized" });
  expect(only({ changeType: "deleted", resourceUrl: `/communications/calls/${callId}` })).toMatchObject({ kind: "call", status: null });
  expect(only(namelessOperation({ context: "c" }))).toMatchObject({ operationId: undefined, clientContext: "c" });
});

test("the state of a call in any case", () => expect(only(call("Terminated"))).toMatchObject({ kind: "call", status: "terminated" }));

test("an id that is no GUID stays as it is, percent-encoding aside", () => {
  expect(only(operation({ call: "a%2Fb", id: "C%C3%A9" }, { resourceData: {} }))).toMatchObject({ callId: "a/b", operationId: "Cé" });
  expect(only(operation({ call: "50%", id: "x" }, { resourceData: {} }))).toMatchObject({ callId: "50%", operationId: "x" });
});

describe("ignored, with the reason", () => {
  const { resourceUrl } = operation();
  test.each<[string, unknown, RegExp]>([
    ["participants", { ...call("x"), resourceUrl: `/communications/calls/${callId}/participants` }, /neither a call nor/],
    ["a kind that nobody knows", { resourceUrl: "/communications/onlineMeetings/1" }, /neither a call nor/],
    ["something in an operation", { resourceUrl: `${resourceUrl}/more` }, /neither a call nor/],
    ["two paths to different operations", operation({}, { resource: `/app/calls/${callId}/operations/other` }), /different things/],
    ["two paths to different calls", operation({}, { resource: `/app/calls/other/operations/${operationId}` }), /different things/],
    ["a resource with another id than its path", operation({}, { resourceData: { id: "other", status: "completed" } }), /different ids/],
    [
      "a call with another id than its path",
      call("terminated", { id: callId }) && { ...call("terminated"), resourceData: { id: "other" } },
      /different ids/,
    ],
    ["a path without end", { resourceUrl: `/communications/calls/${"x".repeat(5_000)}` }, /neither a call nor/],
  ])("%s", (_, notification, reason) => {
    const { notifications, ignored } = parseCommsNotifications(body(operation(), notification));
    expect(notifications).toHaveLength(1);
    expect(ignored).toEqual([{ at: "value[1]", reason: expect.stringMatching(reason), raw: notification }]);
  });
});

describe("garbage gives one clear error that names where", () => {
  const { resourceData } = operation();
  test.each<[string, unknown, string]>([
    ["nothing", undefined, "The body must be an object with a list `value`."],
    ["a text", "{}", "The body must be an object with a list `value`; a string was given."],
    ["a list", [operation()], "The body must be an object with a list `value`; an array was given."],
    ["no list", {}, "value must be a list of notifications."],
    ["a notification outside of a list", { value: operation() }, "value must be a list of notifications; an object was given."],
    ["a number among them", body(operation(), 5), "value[1] must be an object; 5 was given."],
    ["no path", body({ changeType: "deleted" }), "value[0] must name its resource by `resourceUrl` or `resource`."],
    ["a path that is none", body({ resourceUrl: 5 }), "value[0].resourceUrl must be a string; 5 was given."],
    [
      "data that are none",
      body(operation({}, { resourceData: "x" })),
      "value[0].resourceData must be an object or a list of objects; a string was given.",
    ],
    [
      "a list with a hole",
      body(operation({}, { resourceData: [resourceData, null] })),
      "value[0].resourceData[1] must be an object; null was given.",
    ],
    ["a status that is none", body(operation({ status: 200 })), "value[0].resourceData.status must be a string; 200 was given."],
    [
      "a context that is none",
      body(operation({ context: {} as never })),
      "value[0].resourceData.clientContext must be a string; an object was given.",
    ],
    ["a change that is none", body(operation({}, { changeType: 1 })), "value[0].changeType must be a string; 1 was given."],
  ])("%s", (_, json, message) => {
    expect(() => parseCommsNotifications(json)).toThrow(
      expect.objectContaining({ code: "BAD_NOTIFICATION", mayBeInEffect: false, message: expect.stringContaining(message) }),
    );
  });
});

test("the form of other kinds is not ours to judge: what stands beside them counts", () => {
  const other = { resourceUrl: `/communications/calls/${callId}/participants` };
  const odd = [{ resourceData: "text" }, { resourceData: [null] }, { changeType: 3 }, { resourceData: { state: 4, status: 5 } }];
  for (const more of odd) {
    const { notifications, ignored } = parseCommsNotifications(body({ ...other, ...more }, operation()));
    expect([notifications.length, ignored.length]).toEqual([1, 1]);
  }
});

describe("hostile bodies cost nothing", () => {
  test("a list of 100,000 resources, and each is told with itself alone", () => {
    const resourceUrl = `/communications/calls/${callId}/operations`;
    const list = Array.from({ length: 100_000 }, (_, id) => ({ id: `o${id}` }));
    const { notifications } = parseCommsNotifications(body({ changeType: "updated", resourceUrl, resourceData: list }));
    expect(notifications).toHaveLength(100_000);
    expect(notifications[7]?.raw).toEqual({ changeType: "updated", resourceUrl, resourceData: { id: "o7" } });
  });

  test("depth and size", () => {
    let deep: unknown = "end";
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(only(operation({}, { more: deep, resourceData: { ...operation().resourceData, resultInfo: { message: deep } } }))).toMatchObject(
      told,
    );
    const many = parseCommsNotifications(body(...Array.from({ length: 20_000 }, () => operation())));
    expect(many.notifications).toHaveLength(20_000);
    expect(
      only(operation({}, { resourceUrl: undefined, resource: `/app/calls/${callId}/operations/${operationId}`, ["/".repeat(99_999)]: 1 })),
    ).toMatchObject(told);
  });

  test("names of prototypes: nothing is read from them, nothing is put into them", () => {
    const json = JSON.parse(
      `{"value":[{"__proto__":{"resourceUrl":"/communications/calls/evil"},"constructor":1,"resourceUrl":"/communications/calls/c","resourceData":{"__proto__":{"state":"terminated"},"id":"c"}}]}`,
    );
    expect(parseCommsNotifications(json).notifications).toMatchObject([{ kind: "call", callId: "c", status: null }]);
    expect(({} as { state?: string }).state).toBeUndefined();
    Object.assign(Object.prototype, { state: "terminated", status: "completed", resourceUrl: "/communications/calls/evil" });
    try {
      expect(parseCommsNotifications({ value: [{ resource: "/app/calls/c/operations/o", resourceData: {} }] }).notifications).toMatchObject(
        [{ callId: "c", operationId: "o", status: null }],
      );
    } finally {
      for (const name of ["state", "status", "resourceUrl"]) delete (Object.prototype as Record<string, unknown>)[name];
    }
  });
});

describe("on any JSON", () => {
  const readable = (json: unknown) => {
    try {
      const { notifications, ignored } = parseCommsNotifications(json);
      for (const { kind, callId: id, status } of notifications)
        expect([kind === "call" || kind === "operation", id !== "", status]).toBeDefined();
      return notifications.length + ignored.length;
    } catch (error) {
      expect(isRecordingStatusError(error) && error.code).toBe("BAD_NOTIFICATION");
      expect((error as Error).message.length).toBeLessThan(400);
      return -1;
    }
  };

  test("it throws nothing but its own error", () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => void readable(json)));
    fc.assert(fc.property(fc.array(fc.jsonValue()), (value) => void readable({ value })));
  });

  test("nor where a true notification has one thing in it replaced", () => {
    const paths = ["changeType", "resource", "resourceUrl", "resourceData"].map((name) => [name]);
    const inData = ["id", "status", "clientContext", "resultInfo", "@odata.type"].map((name) => ["resourceData", name]);
    fc.assert(
      fc.property(fc.constantFrom(...paths, ...inData), fc.jsonValue(), ([name = "", inner], value) => {
        const whole = operation() as Record<string, unknown>;
        const held = inner === undefined ? value : { ...(whole[name] as object), [inner]: value };
        const count = readable(body({ ...whole, [name]: held }));
        if (inner === "@odata.type" || inner === "resultInfo") expect(count).toBe(1);
      }),
    );
  });
});
