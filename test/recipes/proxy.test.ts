// Through a real proxy on loopback: who was asked for what.
import { expect, test, vi } from "vitest";
import { openClient } from "../../examples/recipes/proxy.ts";
import { atEnd, withCleanup } from "./cleanup.ts";
import { startProxied } from "./forward-proxy.ts";
import { credential } from "./wire.ts";

withCleanup();

test("the proxy of the option is asked, and every report goes through it", async () => {
  const { proxy, wire, host } = await startProxied();
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential }, proxy.url);
  await graph.withRecording("my-call", () => {});
  await close();
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
  expect(new Set(proxy.asked.map((line) => line.replace(/^\S+ /, "")))).toEqual(new Set([host]));
});

test("the last report of a recording that close ends goes through it, too", async () => {
  const { proxy, wire } = await startProxied();
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential }, proxy.url);
  await graph.startRecording("my-call", { recorder: { start: () => {}, stop: () => {} } });
  await close();
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
});

test("the proxies of the environment are asked, but not for what NO_PROXY names", async () => {
  const { proxy, wire, host } = await startProxied();
  for (const name of ["http_proxy", "HTTP_PROXY"]) vi.stubEnv(name, proxy.url);
  for (const name of ["no_proxy", "NO_PROXY"]) vi.stubEnv(name, "localhost");
  atEnd(() => vi.unstubAllEnvs());
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential });
  atEnd(close);
  await graph.updateRecordingStatus("my-call", { status: "notRecording" });
  expect([proxy.asked.length, proxy.asked[0]]).toEqual([1, expect.stringContaining(host)]);

  vi.stubEnv("no_proxy", "127.0.0.1");
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  await graph.updateRecordingStatus("my-call", { status: "notRecording" });
  expect([proxy.asked.length, wire.statuses.length]).toEqual([1, 2]);
});

test("a proxy that is not there is an error, and nothing goes past it", async () => {
  const { proxy, wire } = await startProxied();
  await proxy.close();
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential, retry: { limit: 0 } }, proxy.url);
  await expect(graph.updateRecordingStatus("my-call", { status: "notRecording" })).rejects.toMatchObject({ code: "NETWORK" });
  await close();
  expect(wire.statuses).toEqual([]);
});
