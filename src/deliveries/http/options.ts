// The options of the delivery over HTTP.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { fillAddress } from './address.ts';
import { HTTP_TEXTS, OPTION_TEXTS } from './texts.ts';

/** Headers that carry what must not stand in a configuration, or that only the delivery or the connection may set. */
const OWN_HEADERS =
  /^(?:authorization|proxy-authorization|cookie2?|x-api-key|api-key|apikey|x-auth-token|host|content-length|content-type|connection|transfer-encoding|if-none-match|webhook-(?:id|timestamp|signature))$/i;

const address = z.string().refine((text) => {
  if (text === '') return true;
  const filled = fillAddress(text, 'name', 'key');
  const url = URL.canParse(filled) ? new URL(filled) : null;
  // The server stands fast, whatever a file is called.
  const isFixed = !/^[^/]*\/\/[^/?#]*\{/.test(text);
  const isPlain = url?.username === '' && url.password === '';
  return isFixed && isPlain && /^https?:$/.test(url.protocol);
}, HTTP_TEXTS.noAddress);

function headerFault(name: string, value: string): string | null {
  if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) return HTTP_TEXTS.noHeader;
  if (OWN_HEADERS.test(name)) return HTTP_TEXTS.ownHeader;
  return /^[\t\u0020-\u007e]*$/.test(value) ? null : HTTP_TEXTS.noHeaderValue;
}

const secret = (id: string) =>
  z.strictObject({ secret: z.string().min(1) }, HTTP_TEXTS.secretOnly).default({ secret: id });

const shown = (option: string, ...equals: unknown[]) => ({ showIf: { option, equals } });
const advanced = { advanced: true };

const schema = z.object({
  url: address.default(''),
  method: z.enum(['PUT', 'POST']).default('PUT'),
  sends: z.enum(['file', 'facts']).default('file'),
  auth: z.enum(['none', 'bearer', 'basic', 'header', 'address']).default('none'),
  user: z.string().default('').meta(shown('auth', 'basic')),
  keyName: z
    .string()
    .regex(/^[!#$%&'*+.^`|~\w-]+$/, HTTP_TEXTS.noHeader)
    .default('X-API-Key')
    .meta(shown('auth', 'header')),
  credential: secret('upload').meta({
    kind: 'json',
    secret: true,
    ...shown('auth', 'bearer', 'basic', 'header', 'address'),
  }),
  sign: z.boolean().default(false),
  signingKey: secret('webhook').meta({ kind: 'json', secret: true, ...shown('sign', true) }),
  headers: z
    .record(z.string(), z.string())
    .superRefine((headers, context) => {
      for (const [name, value] of Object.entries(headers)) {
        const message = headerFault(name, value);
        if (message !== null) context.addIssue({ code: 'custom', message, path: [name] });
      }
    })
    .default({})
    .meta(advanced),
  mediaType: z
    .string()
    .regex(/^(?:[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.+-]+)*)?$/, HTTP_TEXTS.noMediaType)
    .default('')
    .meta({ ...shown('sends', 'file'), ...advanced }),
  onlyNew: z
    .boolean()
    .default(false)
    .meta({ ...shown('method', 'PUT'), ...advanced }),
  readBack: z
    .boolean()
    .default(false)
    .meta({ ...shown('sends', 'file'), ...advanced }),
  retries: z.int().min(0).max(100).default(4).meta(advanced),
  retryDelayMs: z
    .int()
    .min(0)
    .max(600_000)
    .default(500)
    .meta({ unit: 'ms', ...advanced }),
  longestWaitSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(60)
    .meta({ unit: 'seconds', ...advanced }),
  timeoutSeconds: z
    .number()
    .positive()
    .max(86_400)
    .default(3600)
    .meta({ unit: 'seconds', ...advanced }),
});

export type HttpOptions = z.output<typeof schema>;

export const HTTP_OPTIONS = defineOptions(schema, OPTION_TEXTS);
