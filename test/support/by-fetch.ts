// Puts a function of our own in the place of `fetch`: the client's requests leave by it, as on every runtime but Node.
const { fetch } = globalThis;

globalThis.fetch = (input, init) => fetch(input, init);
