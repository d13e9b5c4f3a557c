// Every plug-in the engine may use, by kind, and the look-ups that answer unknown ids with the known ones.
import { ExportError } from '../contract/errors.ts';
import type { ArchiveCard } from '../contract/archive-plugin.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';
import type { DeliveryCard } from '../contract/delivery-plugin.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import type { OriginCard } from '../contract/origin-plugin.ts';
import type { SourceCard } from '../contract/source-plugin.ts';
import type { TransformCard } from '../contract/transform-plugin.ts';
import type { OptionSet } from '../contract/options.ts';
import { archives } from '../archives/registry.ts';
import { codecs } from '../codecs/registry.ts';
import { formats } from '../formats/registry.ts';
import { origins, sources } from '../sources/registry.ts';
import { transforms } from '../transforms/registry.ts';

export interface Plugins {
  sources: readonly SourceCard[];
  origins: readonly OriginCard[];
  transforms: readonly TransformCard[];
  formats: readonly FormatCard[];
  archives: readonly ArchiveCard[];
  codecs: readonly CodecCard[];
  /** Those of this door. */
  deliveries: readonly DeliveryCard[];
}

/** The registries of the product; deliveries differ by door. */
export function builtInPlugins(deliveries: readonly DeliveryCard[]): Plugins {
  return { sources, origins, transforms, formats, archives, codecs, deliveries };
}

/** The card with this id; `config.unknown-part` names the known ids otherwise. */
export function findCard<C extends { id: string }>(
  cards: readonly C[],
  kind: string,
  id: string,
): C {
  const card = cards.find((c) => c.id === id);
  if (card === undefined)
    throw new ExportError('config.unknown-part', {
      kind,
      id,
      known: cards.map((c) => c.id).join(', '),
    });
  return card;
}

/** Complete, valid options; the first wrong one becomes `config.wrong-option` with its path. */
export function readOptions<O>(set: OptionSet<O>, values: unknown, path: string): O {
  const result = set.parse(values);
  if (result.issues === undefined) return result.value;
  const [issue] = result.issues;
  throw new ExportError('config.wrong-option', {
    path: issue!.option === '' ? path : `${path}.${issue!.option}`,
    detail: issue!.sentence,
  });
}
