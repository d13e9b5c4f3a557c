// One step of the plan: a disclosure whose header, closed or open, says the step's answer.
import { useEffect, useRef, type ReactNode } from 'react';
import type { CheckIssue } from '../../contract/verbs.ts';
import { BreakableName } from '../kit/BreakableName.tsx';
import { Icon } from '../kit/Icon.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { type StepId } from '../page-state.ts';
import styles from './plan.module.css';
import { useOwnId, usePage } from '../session.tsx';

export function Step({
  id,
  number,
  answer,
  sub,
  issues,
  quick,
  children,
}: {
  id: StepId;
  number: number;
  answer: string;
  sub: string;
  issues: readonly CheckIssue[];
  /** What can be done without opening the step. */
  quick?: ReactNode;
  children: ReactNode;
}) {
  const isOpen = usePage((state) => state.openSteps.includes(id));
  const toggleStep = usePage((state) => state.toggleStep);
  const ownId = useOwnId(`step-${id}`);
  const section = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) section.current?.scrollIntoView({ block: 'start' });
  }, [isOpen]);
  const error = issues.find((issue) => issue.severity === 'error');
  return (
    <section
      ref={section}
      className={`${styles.step} ${isOpen ? styles.isOpen : ''}`}
      aria-label={studioMessages.steps[id]}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen || event.defaultPrevented) return;
        // Else a dialog round the plan would close with it.
        event.preventDefault();
        event.stopPropagation();
        toggleStep(id, true);
        button.current?.focus();
      }}
    >
      <h2>
        <button
          ref={button}
          type="button"
          id={ownId}
          className={styles.header}
          aria-expanded={isOpen}
          aria-controls={`${ownId}-body`}
          onClick={(event) => toggleStep(id, event.altKey)}
        >
          <span className={styles.number}>{number}</span>
          <span className={styles.name}>{studioMessages.steps[id]}</span>
          <span>
            {error ? <span className={styles.problem}>{error.sentence}</span> : null}
            <span className={styles.answer}>
              <BreakableName>{answer}</BreakableName>
            </span>
            <span className={styles.sub}>{sub}</span>
          </span>
          <Icon name="chevron" />
        </button>
      </h2>
      {isOpen ? null : quick}
      <div id={`${ownId}-body`} hidden={!isOpen}>
        {isOpen ? <div className={styles.body}>{children}</div> : null}
      </div>
    </section>
  );
}

/** A part of a step under its own small heading. */
export function StepPart({
  title,
  says,
  action,
  children,
}: {
  title: string;
  says?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.partHead}>
        <h3>{title}</h3>
        {says ? <span className={styles.says}>{says}</span> : null}
        {action ? <span className={styles.push}>{action}</span> : null}
      </div>
      {children}
    </section>
  );
}
