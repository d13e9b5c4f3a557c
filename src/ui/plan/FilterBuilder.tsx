// The filter as boxes: nested groups of conditions, each with the rows it passes; the text beside it follows, and leads as well.
import { useEffect, useRef, useState } from 'react';
import { formatFilter, parseFilter } from '../../contract/filter-text.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { Button } from '../kit/Button.tsx';
import { filterWords } from './filter-words.en.ts';
import { useDraft } from '../session.tsx';
import { ConditionRow } from './ConditionRow.tsx';
import {
  expressionOf,
  newCondition,
  newGroup,
  treeOf,
  valueKindOf,
  withNode,
  type FilterNode,
  type Group,
} from './filter-model.ts';
import { useFilterColumns, type FilterColumns } from './filter-columns.ts';
import { usePassing } from './passing.ts';
import styles from './filter.module.css';

interface Shown {
  /** The text that the tree stands for. */
  text: string;
  /** null: a filter that only its text can show. */
  tree: Group | null;
}

function read(text: string): Shown {
  if (text.trim() === '') return { text, tree: newGroup() };
  try {
    return { text, tree: treeOf(parseFilter(text)) };
  } catch {
    return { text, tree: null };
  }
}

export function FilterBuilder({ columns }: { columns: readonly InspectedColumn[] }) {
  const words = filterWords;
  const text = useDraft((state) => state.draft!.filterText);
  const problem = useDraft((state) => state.draft!.filterProblem);
  const setFilter = useDraft((state) => state.setFilter);
  const known = useFilterColumns(columns);
  const [shown, setShown] = useState(() => read(text));
  const [focusKey, setFocusKey] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  if (shown.text !== text) setShown(read(text));

  useEffect(() => {
    if (focusKey === null) return;
    const node = box.current?.querySelector<HTMLElement>(`[data-node="${focusKey}"]`);
    (node?.querySelector<HTMLElement>('select, input') ?? node)?.focus();
    setFocusKey(null);
  }, [focusKey]);

  const { tree } = shown;
  const passing = usePassing(tree, known);
  if (tree === null || problem !== null)
    return <p className={styles.asText}>{problem ? words.textIsWrong : words.onlyText}</p>;
  const edit = (next: Group, part: string) => {
    const expression = expressionOf(next, known.typeOf);
    const written = expression === null ? '' : formatFilter(expression);
    setShown({ text: written, tree: next });
    if (written !== text) setFilter(written, known.names, part);
  };
  const add = (to: Group, node: FilterNode, focused: number) => {
    edit(
      withNode(tree, to.key, (group) => ({ ...(group as Group), of: [...to.of, node] })),
      `add ${node.key}`,
    );
    setFocusKey(focused);
  };
  const remove = (key: number) => {
    edit(
      withNode(tree, key, () => null),
      `remove ${key}`,
    );
    box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  const tools: Tools = {
    known,
    passing,
    change: (node) =>
      edit(
        withNode(tree, node.key, () => node),
        `change ${node.key}`,
      ),
    remove,
    addCondition: (to) => {
      const condition = firstCondition(known);
      if (condition) add(to, condition, condition.key);
    },
    addGroup: (to) => {
      const condition = firstCondition(known);
      if (condition) add(to, { ...newGroup([condition]), join: 'or' }, condition.key);
    },
  };
  return (
    <div ref={box}>
      <GroupBox group={tree} tools={tools} isRoot />
    </div>
  );
}

interface Tools {
  known: FilterColumns;
  passing: ReturnType<typeof usePassing>;
  change(node: FilterNode): void;
  remove(key: number): void;
  addCondition(to: Group): void;
  addGroup(to: Group): void;
}

function firstCondition({ columns, refs }: FilterColumns) {
  const at = columns.findIndex(({ type }) => valueKindOf(type) !== 'none');
  const place = at < 0 ? 0 : at;
  const column = columns[place];
  const ref: ColumnRef | undefined = refs[place];
  return column && ref ? newCondition(ref, valueKindOf(column.type)) : null;
}

function GroupBox({
  group,
  tools,
  isRoot = false,
}: {
  group: Group;
  tools: Tools;
  isRoot?: boolean;
}) {
  const words = filterWords;
  const join = `${group.isNot ? 'not ' : ''}${group.join}` as keyof typeof words.joins;
  const isJoined = group.of.length > 1 || group.isNot || !isRoot;
  return (
    <>
      <div
        className={`${styles.group} ${isJoined ? styles.isJoined : ''}`}
        role="group"
        aria-label={words.group(words.joinNames[join])}
        data-node={group.key}
      >
        {isJoined ? (
          <span className={styles.join}>
            <select
              aria-label={words.joinedBy}
              value={join}
              onChange={(event) => {
                const next = event.currentTarget.value;
                tools.change({
                  ...group,
                  isNot: next.startsWith('not '),
                  join: next.endsWith('and') ? 'and' : 'or',
                });
              }}
            >
              {(Object.keys(words.joins) as (keyof typeof words.joins)[]).map((each) => (
                <option key={each} value={each}>
                  {words.joins[each]}
                </option>
              ))}
            </select>
          </span>
        ) : null}
        {group.of.map((node) =>
          node.kind === 'group' ? (
            <GroupBox key={node.key} group={node} tools={tools} />
          ) : (
            <ConditionRow
              key={node.key}
              condition={node}
              known={tools.known}
              passing={tools.passing.get(node.key)}
              onChange={tools.change}
              onRemove={() => tools.remove(node.key)}
            />
          ),
        )}
        {isRoot ? null : (
          <div className={styles.adds}>
            <Button look="link" onClick={() => tools.addCondition(group)}>
              {words.addCondition}
            </Button>
            <Button look="link" onClick={() => tools.addGroup(group)}>
              {words.addGroup}
            </Button>
            <Button look="link" onClick={() => tools.remove(group.key)}>
              {words.removeGroup}
            </Button>
          </div>
        )}
      </div>
      {isRoot ? (
        <div className={`${styles.adds} ${isJoined ? styles.isIn : ''}`}>
          <Button look="link" data-add onClick={() => tools.addCondition(group)}>
            {words.addCondition}
          </Button>
          <Button look="link" onClick={() => tools.addGroup(group)}>
            {words.addGroup}
          </Button>
        </div>
      ) : null}
    </>
  );
}
