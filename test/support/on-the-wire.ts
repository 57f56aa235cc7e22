/** What Graph writes, told in the words of the library's model: a rename in the spec is one line there, and none in a test. */
export { operationOnTheWire, readFromTheWire, resultInfoOnTheWire } from "../../scripts/judges/cases/wire-names.ts";
