// 500 calls at once: enough for every queue to fill. `npm run test:all` sends 10,000, which take as long as all other faults together.
import { test } from "vitest";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { expectSurvived } from "./storm.ts";

failOnStrays();

test("500 reports at once, 429 with Retry-After: 1", { timeout: 120_000 }, () =>
  // Less heap than 10,000 calls may take, and room for what does not grow with them.
  expectSurvived("429 with Retry-After: 1", { calls: 500, throttle: steps.throttled("1"), bound: 128, growth: { heap: 30, rss: 200 } }),
);

test("200 reports at once, 503, at most 16 at once", { timeout: 120_000 }, () =>
  expectSurvived("503, at most 16 at once", {
    calls: 200,
    throttle: steps.refused(503),
    bound: 16,
    options: { maxConcurrency: 16 },
    growth: { heap: 150, rss: 300 },
  }),
);
