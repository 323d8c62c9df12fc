/**
 * zod speeds up its schemas with `new Function`, and finds out by trying whether it may. The API's content security policy
 * forbids it, and the browser reports the try as a violation. This is zod's own switch, set before zod is loaded:
 * `main.tsx` must import this file first.
 */
const shared = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
shared.__zod_globalConfig = { ...shared.__zod_globalConfig, jitless: true };

export {};
