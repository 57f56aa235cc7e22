// Edge runtimes drop the promises of a request with it. `npm run test:runtimes` shows it in workerd; here a promise that rejects stands for that.
import { expect, test } from "vitest";
import { isRecordingStatusError } from "../../src/index.ts";
import { untilEnded } from "../../src/lifecycle/until-ended.ts";

test("a recording whose request is over: one error of ours, which keeps the runtime's and says that the end may be in effect", async () => {
  const cause = new Error("This promise was created by a request that has since ended, so it can never settle.");
  const error = await untilEnded(Promise.reject(cause), "my-call").catch((thrown) => thrown);
  expect(isRecordingStatusError(error)).toBe(true);
  expect(error).toMatchObject({
    code: "OUTCOME_UNKNOWN",
    callId: "my-call",
    cause,
    mayBeInEffect: true,
    hint: expect.stringContaining("Durable Object"),
  });
});
