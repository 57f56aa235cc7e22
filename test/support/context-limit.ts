/** The longest context of a report, as a fact states it. */
export { contextLimit } from "../../scripts/judges/cases/body-cases.ts";
