// `npm run test:all`: the storm of storm.test.ts with 10,000 calls.
import { test } from "vitest";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { expectSurvived } from "./storm.ts";

failOnStrays();

test("10000 reports at once, 429 with Retry-After: 1", { timeout: 120_000 }, () =>
  expectSurvived("429 with Retry-After: 1", { calls: 10_000, throttle: steps.throttled("1"), bound: 128, growth: { heap: 150, rss: 300 } }),
);
