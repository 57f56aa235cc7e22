// `npm run test:all`: what `npm test` does with fewer calls.
import { failOnStrays } from "./guard.ts";
import { describeLeaks } from "./leak.ts";

failOnStrays();

describeLeaks(100_000);
