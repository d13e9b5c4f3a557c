// The options of the chosen delivery: a form, and its secrets, which stay in this window.
import type { CatalogueCard, CheckIssue } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionForm } from '../form/OptionForm.tsx';
import { useDraft, useDraftActions } from '../session.tsx';

export function DeliveryOptions({
  card,
  path,
  issues,
}: {
  card: CatalogueCard;
  /** Of the output. */
  path: string;
  issues: readonly CheckIssue[];
}) {
  const delivery = useDraft((state) => outputOf(state.draft!.config).delivery);
  const { setOutput } = useDraftActions();
  const place = `${path}.delivery.options`;
  const set = (id: string, value: unknown): void => {
    const options = { ...delivery.options };
    if (value === undefined) delete options[id];
    else options[id] = value;
    setOutput({ delivery: { ...delivery, options } });
  };
  return (
    <OptionForm
      fields={card.options}
      values={delivery.options}
      base={{}}
      path={place}
      issues={issues}
      owner={card.id}
      onChange={set}
    />
  );
}
