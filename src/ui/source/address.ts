// An address with its options as an input; its secret stays beside the plan and is never part of it.
import { isSecretReference } from '../../contract/secrets.ts';
import type { Input } from '../input.ts';

/** The origin that reads addresses, and what it calls its secret unless told otherwise. */
export const ADDRESS_ORIGIN = 'http';
const SECRET = 'http';

/** Whether they say that one has to sign in. */
export function needsSecret(options: Readonly<Record<string, unknown>>): boolean {
  return (options['auth'] ?? 'none') !== 'none';
}

/** The id by which they name their secret. */
function secretId({ credential }: Readonly<Record<string, unknown>>): string {
  return isSecretReference(credential) ? credential.secret : SECRET;
}

/** The input, or what keeps it from being one. `hasSecret`: one is known already, and stays unless another is given. */
export function addressInput(
  given: string,
  options: Readonly<Record<string, unknown>>,
  secret: string,
  hasSecret = false,
): Input | 'none' | 'wrong' | 'credentials' | 'secret' {
  const text = given.trim();
  if (text === '') return 'none';
  // What people leave out they mean to be this.
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return 'wrong';
  if (url.username !== '' || url.password !== '') return 'credentials';
  const isAsked = needsSecret(options);
  if (isAsked && secret === '' && !hasSecret) return 'secret';
  return {
    name: nameOf(url),
    sizeBytes: null,
    data: {
      origin: ADDRESS_ORIGIN,
      options: { ...options, url: url.href },
      secrets: isAsked && secret !== '' ? { [secretId(options)]: secret } : {},
    },
  };
}

/** The last part of the path, or the server. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last) || url.host;
  } catch {
    return last;
  }
}
