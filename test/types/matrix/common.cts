// What a consumer writes in CommonJS: TypeScript takes a `require` of ESM from 5.8 on.
import recordings = require("teams-recording-status");
import testing = require("teams-recording-status/testing");

export const fake: testing.FakeGraph = testing.createFakeGraph();
export const graph: recordings.RecordingClient = recordings.createRecordingClient({ credential: fake.credential });
// @ts-expect-error Nothing is `any`: a compiler that cannot read the package's types lets this pass.
export const wrong: number = recordings.createRecordingClient;
