// The options of the origin over HTTP.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { HTTP_OPTION_TEXTS, HTTP_TEXTS } from './texts.ts';

/** Headers that carry what must not stand in a configuration, or that only the connection itself may set. */
const OWN_HEADERS =
  /^(?:authorization|proxy-authorization|cookie2?|x-api-key|api-key|apikey|x-auth-token|host|content-length|connection|transfer-encoding|range|if-range)$/i;

const address = z.string().refine((text) => {
  if (text === '') return true;
  const url = URL.canParse(text) ? new URL(text) : null;
  return /^https?:$/.test(url?.protocol ?? '') && url!.username === '' && url!.password === '';
}, HTTP_TEXTS.noAddress);

function headerFault(name: string, value: string): string | null {
  if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name)) return HTTP_TEXTS.noHeader;
  if (OWN_HEADERS.test(name)) return HTTP_TEXTS.ownHeader;
  return /^[\t\u0020-\u007e]*$/.test(value) ? null : HTTP_TEXTS.noHeaderValue;
}

const pointer = z.string().regex(/^(?:\/.*)?$/s, HTTP_TEXTS.noPointer);

const shown = (option: string, ...equals: unknown[]) => ({ showIf: { option, equals } });
const advanced = { advanced: true };
const PAGED = ['link-header', 'next-url', 'cursor', 'page-number', 'offset'];
const COUNTED = ['page-number', 'offset'];

const schema = z.object({
  url: address.default(''),
  method: z.enum(['GET', 'POST']).default('GET'),
  query: z.record(z.string(), z.string()).default({}),
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
  body: z.string().default('').meta(shown('method', 'POST')),
  bodyType: z.string().default('application/json').meta(shown('method', 'POST')),
  auth: z.enum(['none', 'bearer', 'basic', 'header', 'query']).default('none'),
  user: z.string().default('').meta(shown('auth', 'basic')),
  keyName: z
    .string()
    .min(1)
    .default('X-API-Key')
    .meta(shown('auth', 'header', 'query')),
  credential: z
    .strictObject({ secret: z.string().min(1) }, HTTP_TEXTS.secretOnly)
    .default({ secret: 'http' })
    .meta({
      kind: 'json',
      secret: true,
      ...shown('auth', 'bearer', 'basic', 'header', 'query'),
    }),
  paging: z
    .enum(['none', 'link-header', 'next-url', 'cursor', 'page-number', 'offset'])
    .default('none'),
  nextPath: pointer.default('/next').meta(shown('paging', 'next-url', 'cursor')),
  morePath: pointer.default('').meta({ ...shown('paging', 'next-url', 'cursor'), ...advanced }),
  pageParameter: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .meta(shown('paging', 'cursor', ...COUNTED)),
  parametersIn: z
    .enum(['query', 'body'])
    .default('query')
    .meta({ ...shown('paging', 'cursor', ...COUNTED), ...advanced }),
  firstPage: z
    .int()
    .min(0)
    .default(1)
    .meta({ ...shown('paging', 'page-number'), ...advanced }),
  sizeParameter: z
    .string()
    .default('')
    .meta(shown('paging', ...PAGED)),
  pageSize: z
    .int()
    .min(1)
    .default(100)
    .meta({ unit: 'rows', ...shown('paging', ...PAGED) }),
  lastPage: z
    .enum(['empty', 'short'])
    .default('empty')
    .meta({ ...shown('paging', ...COUNTED), ...advanced }),
  mostPages: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ unit: 'pages', ...shown('paging', ...PAGED), ...advanced }),
  mostRows: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ unit: 'rows', ...shown('paging', ...PAGED), ...advanced }),
  retries: z.int().min(0).max(100).default(4).meta(advanced),
  backoff: z.enum(['exponential', 'linear']).default('exponential').meta(advanced),
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
  requestsPerSecond: z.number().positive().max(10_000).nullable().default(null).meta(advanced),
  timeoutSeconds: z
    .number()
    .positive()
    .max(86_400)
    .default(30)
    .meta({ unit: 'seconds', ...advanced }),
  redirects: z.enum(['follow', 'same-origin', 'refuse']).default('follow').meta(advanced),
});

export type HttpOptions = z.output<typeof schema>;

export const httpOptions = defineOptions(schema, HTTP_OPTION_TEXTS);
