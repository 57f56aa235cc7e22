// `npm run test:all`: what `npm test` does with fewer calls.
import "./guard.ts";
import { describeLeaks } from "./leak.ts";

describeLeaks(100_000);
