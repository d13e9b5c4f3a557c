// Worker addresses under Trusted Types: the one policy of the product.

interface Policy {
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

let policy: Policy | undefined;

/** The address as `new Worker` takes it: a TrustedScriptURL where the browser asks for one. Only our own worker files come here. */
export function scriptUrl(url: string | URL): URL {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (factory === undefined) return new URL(url, globalThis.location.href);
  policy ??= factory.createPolicy('export-studio', { createScriptURL: (given) => given });
  return policy.createScriptURL(String(url)) as URL;
}
