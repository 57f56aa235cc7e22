/**
 * A mock, a fake, a clock and a check of the order, for a consumer's tests.
 * @module
 */
export { createFakeClock, type FakeClock } from "./fake-clock.ts";
export { createFakeGraph, type FakeGraph } from "./fake-graph.ts";
export type { FakeStep } from "./fake-step.ts";
export { findOrderViolations, type TraceEvent } from "./order-monitor.ts";
export { type MockGraph, type MockGraphOptions, startMockGraph } from "./start-mock-graph.ts";
