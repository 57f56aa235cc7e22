// The public API of "teams-recording-status/redis": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

export { };
