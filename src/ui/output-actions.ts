// What a person does to the output of the plan: its format, options, packing and place.
import type { OutputConfig } from '../contract/config.ts';
import type { Changes } from './draft-history.ts';
import type { DraftState } from './draft.ts';
import { keepDelivery } from './last-delivery.ts';
import { outputOf, withOption } from './plan-parts.ts';
import { withFormat } from './with-format.ts';

type OutputActions = Pick<
  DraftState,
  | 'setFormat'
  | 'choosePreset'
  | 'setFormatOption'
  | 'patchOptions'
  | 'setOutput'
  | 'setPacked'
  | 'setCharset'
  | 'setDelivery'
>;

/** `keepsDelivery`: whether the delivery chosen last is remembered on this machine. */
export function outputActions(
  { change, changeConfig }: Changes,
  keepsDelivery: boolean,
): OutputActions {
  const changeOutput = (action: string, apply: (output: OutputConfig) => OutputConfig): void =>
    changeConfig(action, (config) => ({ ...config, outputs: config.outputs.map(apply) }));

  return {
    setFormat: (id, preset) => change('format', (draft) => withFormat(draft, id, preset)),

    choosePreset: (preset) =>
      change('preset', (draft) => withFormat(draft, outputOf(draft.config).format.id, preset)),

    setFormatOption: (id, value, part = '') =>
      changeOutput(`option ${id} ${part}`, (output) => ({
        ...output,
        format: { ...output.format, options: withOption(output.format.options, id, value) },
      })),

    patchOptions: (path, options) => {
      const [kind, at] = path.split('.');
      if (kind === 'sources')
        changeConfig('remedy', (config) => ({
          ...config,
          sources: config.sources.map((source, i) =>
            i === Number(at) ? { ...source, options: { ...source.options, ...options } } : source,
          ),
        }));
      else
        changeOutput('remedy', (output) => ({
          ...output,
          format: { ...output.format, options: { ...output.format.options, ...options } },
        }));
    },

    setOutput: (next) =>
      changeOutput(`output ${Object.keys(next).join()}`, (output) => ({ ...output, ...next })),

    setPacked: ({ format, archive, compression }) =>
      change('packed', (draft) => {
        const isOther = format.id !== outputOf(draft.config).format.id;
        const base = isOther ? withFormat(draft, format.id) : draft;
        const outputs = base.config.outputs.map((output) => ({
          ...output,
          ...{ format, archive, compression },
        }));
        return { ...base, config: { ...base.config, outputs } };
      }),

    setCharset: (next) =>
      changeOutput(`charset ${Object.keys(next).join()}`, (output) => ({
        ...output,
        charset: { ...output.charset, ...next },
      })),

    setDelivery: (id) => {
      if (keepsDelivery) keepDelivery(id);
      changeOutput('delivery', (output) => ({ ...output, delivery: { id, options: {} } }));
    },
  };
}
