// The card of the origin over HTTP.
import type { OriginCard } from '../../contract/origin-plugin.ts';
import { httpOptions, type HttpOptions } from './options.ts';
import { HTTP_CARD } from './texts.ts';

export const httpOrigin: OriginCard<HttpOptions> = {
  id: 'http',
  ...HTTP_CARD,
  options: httpOptions,
  async load() {
    const { openHttp } = await import('./open.ts');
    return { open: openHttp };
  },
};
