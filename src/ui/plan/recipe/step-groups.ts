// The steps as the menu groups them.
import type { Catalogue } from '../../../contract/verbs.ts';
import { recipeWords as words } from './messages.en.ts';

type Card = Catalogue['transforms'][number];
type GroupId = keyof typeof words.groups;

const GROUPS: [group: GroupId, kinds: string[]][] = [
  ['rows', ['filter', 'sort', 'distinct', 'sample', 'limit', 'top', 'validate']],
  ['columns', ['select', 'derive', 'split', 'join-columns', 'flatten', 'unnest']],
  ['values', ['cast', 'replace-values', 'mask']],
  ['summaries', ['aggregate', 'pivot', 'unpivot']],
  ['combine', ['union', 'join']],
];

/** Every step of the catalogue once; those no group knows come last. */
export function groupedSteps(
  cards: readonly Card[],
): { id: GroupId; title: string; cards: Card[] }[] {
  const known = new Set(GROUPS.flatMap(([, kinds]) => kinds));
  const rest = cards.filter(({ id }) => !known.has(id));
  return [
    ...GROUPS.map(([id, kinds]) => ({
      id,
      cards: kinds.flatMap((kind) => cards.filter((card) => card.id === kind)),
    })),
    { id: 'others' as const, cards: rest },
  ]
    .filter((group) => group.cards.length > 0)
    .map((group) => ({ ...group, title: words.groups[group.id] }));
}
