/** A server may be made new; after this time it is asked for everything again. */
const FORGET_MS = 24 * 60 * 60_000;

/** Fields that a host said it does not know, so that it is not asked for them every time. */
export interface UnknownFields {
  without(host: string): ReadonlySet<string>;
  add(host: string, field: string): void;
}

/** `now` in milliseconds since 1970. */
export function createUnknownFields(now: () => number): UnknownFields {
  const hosts = new Map<string, { fields: ReadonlySet<string>; since: number }>();
  const known = (host: string): ReadonlySet<string> => {
    const found = hosts.get(host);
    if (found === undefined || now() - found.since >= FORGET_MS) return new Set();
    return found.fields;
  };
  return {
    without: known,
    add(host, field) {
      hosts.set(host, { fields: new Set([...known(host), field]), since: now() });
    },
  };
}
