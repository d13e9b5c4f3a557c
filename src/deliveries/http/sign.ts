// Signs a request as Standard Webhooks have it, over bodies of any size.
import { createHMAC, createSHA256 } from 'hash-wasm';

/** The key's bytes: Base64 behind `whsec_`, else the text itself. */
function keyBytes(key: string): Uint8Array {
  if (!key.startsWith('whsec_')) return new TextEncoder().encode(key);
  return Uint8Array.from(atob(key.slice('whsec_'.length)), (char) => char.charCodeAt(0));
}

/** The headers that prove who sent `body` under this id, and when. `timestampSeconds`: since 1970. */
export async function signatureHeaders(
  id: string,
  timestampSeconds: number,
  body: Blob,
  key: string,
): Promise<[name: string, value: string][]> {
  const hmac = await createHMAC(createSHA256(), keyBytes(key));
  hmac.init();
  hmac.update(`${id}.${timestampSeconds}.`);
  const reader = body.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    hmac.update(value);
  }
  const digest = btoa(String.fromCharCode(...hmac.digest('binary')));
  return [
    ['webhook-id', id],
    ['webhook-timestamp', String(timestampSeconds)],
    ['webhook-signature', `v1,${digest}`],
  ];
}
