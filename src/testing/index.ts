/**
 * A mock, a fake, a clock and a check of the order, for a consumer's tests.
 * @module
 */
export { type AdvanceOptions, createFakeClock, type FakeClock } from "./fake-clock.ts";
export { createFakeGraph, type FakeGraph, type FakeGraphOptions } from "./fake-graph.ts";
export type { FakeRecorder, FakeSink, OwnRecorder, OwnSink } from "./fake-observers.ts";
export type { FakePollStep, FakeStep } from "./fake-step.ts";
export { findOrderViolations } from "./order-monitor.ts";
export { type FakeGraphServer, startFakeGraph } from "./start-fake-graph.ts";
export { type MockGraph, type MockGraphOptions, startMockGraph } from "./start-mock-graph.ts";
export type { TraceEvent, UntimedEvent } from "./trace.ts";
