// The options of a codec that has none, because it only unpacks.
import type { OptionSet } from '../contract/options.ts';

type NoOptions = Record<string, never>;

export const NO_OPTIONS: OptionSet<NoOptions> = {
  fields: [],
  defaults: {},
  parse(values) {
    const [option] = Object.keys(values as object);
    if (option === undefined) return { value: {} };
    return { issues: [{ option, sentence: 'there is no such option.' }] };
  },
};
