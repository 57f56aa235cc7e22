// The entry "teams-recording-status/testing": what a consumer's tests need.
export { type MockGraph, type MockGraphOptions, startMockGraph } from "./start-mock-graph.ts";
