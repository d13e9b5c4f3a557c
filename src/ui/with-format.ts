// The draft in another format, or with another of its presets.
import { DEFAULT_CHARSET, type CharsetConfig } from '../contract/config.ts';
import type { Preset } from '../contract/plugin-card.ts';
import type { Draft } from './draft.ts';

/** Its options anew, and of the charset what the last preset had set and this one sets. */
export function withFormat(
  draft: Draft,
  id: string,
  preset?: Preset,
): Pick<Draft, 'config' | 'presetId' | 'presetCharset'> {
  const added = preset?.output?.charset ?? null;
  const outputs = draft.config.outputs.map((output) => {
    const charset: CharsetConfig = { ...output.charset };
    const was = draft.presetCharset;
    const isUntouched = was?.id === charset.id && was.bom === charset.bom;
    if (isUntouched) Object.assign(charset, { id: DEFAULT_CHARSET.id, bom: DEFAULT_CHARSET.bom });
    return {
      ...output,
      charset: { ...charset, ...added },
      format: { id, options: { ...preset?.options } },
    };
  });
  return {
    config: { ...draft.config, outputs },
    presetId: preset?.id ?? null,
    presetCharset: added,
  };
}
