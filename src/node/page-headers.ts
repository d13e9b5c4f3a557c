// The headers each file of the page is served with: the policy that keeps the data on the machine is made here.

/** Directives of the policy that every response carries; a file's own line in the table changes single ones. */
const policy: ReadonlyMap<string, string> = new Map([
  ['default-src', "'none'"],
  ['script-src', "'self' 'wasm-unsafe-eval'"],
  ['worker-src', "'self'"],
  ['style-src', "'self'"],
  ['img-src', "'self'"],
  ['font-src', "'self'"],
  ['connect-src', "'self'"],
  ['manifest-src', "'self'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['frame-ancestors', "'none'"],
  ['require-trusted-types-for', "'script'"],
  ['trusted-types', 'export-studio'],
]);

interface HeaderRule {
  /** Matches the decoded path of the request, which starts with a slash. */
  path: RegExp;
  /** Directives that stand instead of the policy's own. */
  policy?: (nonce: string) => [directive: string, value: string][];
  headers?: [name: string, value: string][];
}

/** Every matching line applies, in this order. */
const rules: readonly HeaderRule[] = [
  { path: /^/, headers: [['cache-control', 'no-cache']] },
  { path: /^\/assets\//, headers: [['cache-control', 'public, max-age=31536000, immutable']] },
  // The one style tag that the component kit adds by script carries the nonce of its document.
  { path: /\.html$/, policy: (nonce) => [['style-src', `'self' 'nonce-${nonce}'`]] },
  // A worker takes the policy of its own response: the network worker alone may reach other machines.
  {
    path: /^\/assets\/network\.browser-[\w-]+\.js$/,
    policy: () => [['connect-src', "'self' https: http:"]],
  },
];

/**
 * All headers for the file at `path` but its type and length.
 * @param path decoded path of the file below the served folder, starting with a slash
 * @param nonce fresh random text of this response, base64
 */
export function headersOf(path: string, nonce: string): Map<string, string> {
  const directives = new Map(policy);
  const headers = new Map([
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-embedder-policy', 'require-corp'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ]);
  for (const rule of rules) {
    if (!rule.path.test(path)) continue;
    for (const [directive, value] of rule.policy?.(nonce) ?? []) directives.set(directive, value);
    for (const [name, value] of rule.headers ?? []) headers.set(name, value);
  }
  const text = [...directives].map(([directive, value]) => `${directive} ${value}`).join('; ');
  return headers.set('content-security-policy', text);
}
