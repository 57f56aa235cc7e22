// Run by: node --experimental-vm-modules node_modules/jest/bin/jest.js
export default {
  testEnvironment: "node",
  transform: {}, // nothing is compiled to CommonJS: the package is ESM
  fakeTimers: {
    enableGlobally: true,
    doNotFake: ["nextTick", "queueMicrotask", "setImmediate"], // streams and promises go on while time stands still
  },
};
