// Must be imported before Ink. Its layout engine decodes a WASM text and would go through `fetch` for that, which makes Node load its
// whole HTTP client: 20 ms of the first frame. Without `fetch` it decodes by itself.
const original = globalThis.fetch;

Reflect.set(globalThis, 'fetch', undefined);

/** Gives `fetch` back; call it when everything that draws is loaded. */
export function restoreFetch(): void {
  globalThis.fetch = original;
}
