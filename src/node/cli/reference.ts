// The reference of options as Markdown: every part of the catalogue with all that its schema says.
import type { OptionExample, OptionField } from '../../contract/options.ts';
import type { Preset } from '../../contract/plugin-card.ts';
import type { Catalogue, CatalogueCard } from '../../contract/verbs.ts';
import { flagName, valueName, type OptionFlag } from './option-flags.ts';

/** A kind of part with its title and the group of its flags. */
export type PartKind = [title: string, group: OptionFlag['group'], cards: readonly CatalogueCard[]];

/** Text in which Markdown finds nothing to format. */
const plain = (text: string): string => text.replace(/[\\`*_<>[\]|#]/g, '\\$&');

/** A code span of any text; line ends, which it cannot hold, stand as in a string. */
function code(text: string): string {
  const shown = text.replace(/[\n\r\t]/g, (character) => JSON.stringify(character).slice(1, -1));
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const isBare = shown !== '' && !/^[ `]|[ `]$/.test(shown);
  return isBare ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

const value = (given: unknown): string => code(JSON.stringify(given));

function bounds({ min, max, unit }: OptionField): string[] {
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `${min} or more`
        : max !== undefined
          ? `${max} or less`
          : '';
  if (range === '' && unit === undefined) return [];
  return [[range, unit ?? ''].filter((part) => part !== '').join(' ')];
}

function facts(field: OptionField): string {
  const { showIf } = field;
  const isUnset = field.default === null || field.default === '';
  return [
    ...bounds(field),
    `default ${isUnset ? 'none' : value(field.default)}`,
    ...(field.secret === true ? ['names a secret, never holds it'] : []),
    ...(showIf === undefined
      ? []
      : 'not' in showIf
        ? [`with ${code(showIf.option)} other than ${showIf.not.map(value).join(' or ')}`]
        : [`with ${code(showIf.option)} ${showIf.equals.map(value).join(' or ')}`]),
  ].join('; ');
}

function example({ options, shows, begins, ends, finds }: OptionExample): string[] {
  const wording: [string, string | undefined][] = [
    ['writes', shows],
    ['begins with', begins],
    ['ends with', ends],
    ['stops with the error', finds?.error],
  ];
  const seen = wording.find(([, text]) => text !== undefined);
  return seen === undefined ? [] : [`- ${value(options)} ${seen[0]} ${code(seen[1]!)}`];
}

function option(group: OptionFlag['group'], id: string, field: OptionField): string {
  const examples = (field.examples ?? []).flatMap(example);
  const blocks = [
    `#### ${plain(field.title)}`,
    code(`--${flagName(group, id, field.id)} <${valueName({ field })}>`),
    `${plain(field.help)} (${facts(field)})`,
    (field.choices ?? []).map((each) => `- ${code(each.value)}: ${plain(each.label)}`).join('\n'),
    ...(examples.length === 0 ? [] : ['On a small table:', examples.join('\n')]),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function preset({ id, title, help, options, output }: Preset): string {
  const sets = { ...options, ...(output && { output }) };
  return `- ${plain(title)} (${code(id)}): ${plain(help)} ${value(sets)}`;
}

const HOLDS: readonly [keyof Catalogue['formats'][number]['holds'], string][] = [
  ['nulls', 'nulls'],
  ['emptyText', 'empty text apart from null'],
  ['types', 'types'],
  ['nested', 'lists and structs'],
  ['exactNumbers', 'numbers of any size exactly'],
];

function aboutFormat(card: Catalogue['formats'][number]): string[] {
  const held = (is: boolean): string =>
    HOLDS.filter(([key]) => card.holds[key] === is)
      .map(([, words]) => words)
      .join(', ') || 'nothing of these';
  return [
    `File ${code(card.extension)}, media type ${code(card.mediaType)}. Holds ${held(true)}; by itself not ${held(false)}.`,
    card.presets.length === 0 ? '' : `Presets:\n\n${card.presets.map(preset).join('\n')}`,
  ];
}

function part(group: OptionFlag['group'], card: CatalogueCard): string {
  const format = group === 'format' ? (card as Catalogue['formats'][number]) : null;
  return [
    `### ${plain(card.title)} (${code(card.id)})`,
    plain(card.purpose),
    ...(format === null ? [] : aboutFormat(format)),
    ...card.options.map((field) => option(group, card.id, field)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** The reference of these parts in CommonMark. */
export function reference(kinds: readonly PartKind[]): string {
  const chapters = kinds
    .filter(([, , cards]) => cards.length > 0)
    .map(([title, group, cards]) =>
      [`## ${title}`, ...cards.map((card) => part(group, card))].join('\n\n'),
    );
  return `# Options of Export Studio\n\n${chapters.join('\n\n')}\n`;
}
