// The commands formats, sources and steps: what can be read, done, written, packed and delivered, with every option.
import { ExportError } from '../../contract/errors.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import { table } from './inspect.ts';
import { flagHelp, flagName, valueName } from './option-flags.ts';
import { type PartKind, reference } from './reference.ts';
import { printJson, type Session } from './session.ts';

export function formatsCommand(
  { catalogue, flags }: Session,
  id: string | undefined,
  values: Record<string, unknown>,
  only?: 'source' | 'step',
): number {
  if (values['json'] === true) {
    const { sources, transforms } = catalogue;
    printJson(only === undefined ? catalogue : only === 'source' ? sources : transforms);
    return 0;
  }
  const all: PartKind[] = [
    ['Formats', 'format', catalogue.formats],
    ['Sources', 'source', catalogue.sources],
    ['Places of sources', 'origin', catalogue.origins],
    ['Steps', 'step', catalogue.transforms],
    ['Archives', 'archive', catalogue.archives],
    ['Compressions', 'compression', catalogue.codecs.filter((card) => !card.encrypts)],
    ['Encryptions', 'encryption', catalogue.codecs.filter((card) => card.encrypts)],
    ['Deliveries', 'delivery', catalogue.deliveries.filter((card) => card.doors.includes('node'))],
  ];
  const kinds = all.filter(
    ([, group]) =>
      only === undefined || group === only || (only === 'source' && group === 'origin'),
  );
  if (id === undefined) {
    if (values['markdown'] === true) {
      process.stdout.write(reference(kinds));
      return 0;
    }
    for (const [title, , cards] of kinds)
      process.stdout.write(
        `${title}\n${table(cards.map((card) => [`  ${card.id}`, card.title, card.purpose]))}\n`,
      );
    if (only !== undefined) return 0;
    const { charsets } = catalogue;
    const written = charsets.filter((charset) => charset.canEncode).map((charset) => charset.id);
    const read = charsets.filter((charset) => charset.canDecode && !charset.canEncode);
    process.stdout.write(
      `Charsets\n  ${written.join(', ')}\nCharsets of sources only\n${table(read.map(({ id, title }) => [`  ${id}`, title]))}\n`,
    );
    return 0;
  }
  const found = kinds.flatMap(([, group, cards]) =>
    cards.filter((card) => card.id === id).map((card) => ({ group, card })),
  );
  if (found.length === 0) {
    const known = kinds.flatMap(([, , cards]) => cards.map((card) => card.id));
    const near = nearestNames(id, known);
    throw new ExportError('config.unknown-part', {
      kind: only ?? 'format or other part',
      id,
      known: (near.length > 0 ? near : [...new Set(known)]).join(', '),
    });
  }
  if (values['markdown'] === true) {
    const parts = kinds.map(([title, group, cards]): PartKind => [
      title,
      group,
      cards.filter((card) => card.id === id),
    ]);
    process.stdout.write(reference(parts));
    return 0;
  }
  for (const { group, card } of found) {
    process.stdout.write(`${card.title} (${group} ${card.id})\n${card.purpose}\n`);
    const presets = catalogue.formats.find((each) => each === card)?.presets ?? [];
    for (const preset of presets)
      process.stdout.write(`\n  --preset ${preset.id}\n      ${preset.title}. ${preset.help}\n`);
    for (const field of card.options) {
      const name = flagName(group, id, field.id);
      const owner = { id, field };
      const flag = flags.find((known) => known.name === name)!;
      process.stdout.write(
        `\n  --${name} <${valueName(owner)}>\n      ${flagHelp({ ...flag, owners: [owner] })}\n`,
      );
    }
    process.stdout.write('\n');
  }
  return 0;
}
