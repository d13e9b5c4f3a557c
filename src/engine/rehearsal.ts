// The delivery of a rehearsal: takes every byte, keeps none, and stands in for whichever delivery the output names.
import type { OptionSet } from '../contract/options.ts';
import type { DeliveryCard, DeliveryWriter, FileWriter } from '../contract/delivery-plugin.ts';

/** Whatever the real delivery was told is not asked for here. */
const noOptions: OptionSet<object> = { fields: [], defaults: {}, parse: () => ({ value: {} }) };

/** Counting is the business of whoever writes; here the bytes only end. */
export function rehearsalWriter(): DeliveryWriter {
  return {
    async openFile(name) {
      const file: FileWriter = {
        name,
        path: '',
        write: async () => {},
        close: async () => {},
        async rename(named) {
          file.name = named;
        },
      };
      return file;
    },
    readBack: () => null,
    commit: async () => null,
    abort: async () => {},
  };
}

/**
 * A card like `known` in all that decides what a run makes, without options and without a target. A delivery of another
 * door is taken to hold whatever comes.
 */
export function rehearsalDelivery(id: string, known: DeliveryCard | undefined): DeliveryCard {
  return {
    id,
    title: known?.title ?? id,
    purpose: known?.purpose ?? '',
    doors: known?.doors ?? [],
    needs: 'nothing',
    takesMany: known?.takesMany ?? true,
    ...((known?.takesFolders ?? known === undefined) && { takesFolders: true }),
    ...((known?.namesLate ?? known === undefined) && { namesLate: true }),
    // A column that cannot be read again as text fails the run there, so it must fail here too.
    ...(known?.cannotUndo && { cannotUndo: true }),
    options: noOptions,
    load: async () => ({ open: async () => rehearsalWriter() }),
  };
}
