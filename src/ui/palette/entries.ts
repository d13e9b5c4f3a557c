// What the command palette can find: commands, what is open, samples, formats with their presets, options and templates.
import type { ExportConfig } from '../../contract/config.ts';
import type { ListedTemplate } from '../../contract/store.ts';
import type { Catalogue } from '../../contract/verbs.ts';
import type { Commands } from '../commands.tsx';
import type { PlanTemplate } from '../draft.ts';
import { outputOf } from '../plan-parts.ts';
import { keyOf, type CommandId } from '../keys.ts';
import { messages } from '../messages.en.ts';
import { paletteWords } from './palette-words.en.ts';
import { focusLater } from '../regions.ts';
import type { Session } from '../session.tsx';
import type { Sample } from '../source/samples.ts';

export interface Entry {
  group: string;
  title: string;
  says: string;
  key: string;
  run(): void;
}

export interface Sources {
  commands: Commands;
  session: Session | null;
  catalogue: Catalogue | null;
  templates: readonly ListedTemplate[];
  samples: readonly Sample[];
  onSample(sample: Sample): void;
  onLoad(config: ExportConfig, name: string, template: PlanTemplate): void;
}

/** Everything that could be done now, in the order it is shown. */
export function entriesOf(given: Sources): Entry[] {
  return [
    ...commandEntries(given.commands),
    ...inputEntries(given.session),
    ...templateEntries(given),
    ...formatEntries(given),
    ...optionEntries(given),
    ...sampleEntries(given),
  ];
}

/** Those of which the title, the line beside it or the group holds each word, the ones that begin with it first. */
export function findEntries(entries: readonly Entry[], search: string): Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  const found = entries.flatMap((entry) => {
    const title = entry.title.toLowerCase();
    const all = `${entry.group} ${title} ${entry.says}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const isNear = words.every((word) => title.includes(word));
    return [{ entry, rank: title.startsWith(words[0]!) ? 0 : isNear ? 1 : 2 }];
  });
  return found.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry);
}

function commandEntries(commands: Commands): Entry[] {
  const ids = Object.keys(messages.commands) as CommandId[];
  return ids
    .filter((id) => id !== 'palette' && commands.has(id))
    .map((id) => ({
      group: paletteWords.commands,
      title: messages.commands[id],
      says: '',
      key: keyOf(id),
      run: () => commands.run(id),
    }));
}

function inputEntries(session: Session | null): Entry[] {
  const state = session?.drafts.getState();
  return (state?.inputs ?? [])
    .filter((input) => input.key !== state?.draft?.input.key)
    .map((input) => ({
      group: paletteWords.sources,
      title: input.name,
      says: '',
      key: '',
      run: () => state?.chooseInput(input.key),
    }));
}

function templateEntries({ templates, onLoad }: Sources): Entry[] {
  return templates.flatMap(({ id, name, description, config, watermarks = [] }) =>
    config === null
      ? []
      : [
          {
            group: paletteWords.templates,
            title: name,
            says: description,
            key: '',
            run: () => onLoad(config, name, { id, watermarks }),
          },
        ],
  );
}

function formatEntries({ session, catalogue }: Sources): Entry[] {
  const drafts = session?.drafts.getState();
  if (!drafts?.draft || catalogue === null) return [];
  const { setFormat } = drafts;
  return catalogue.formats.flatMap((format) => [
    {
      group: paletteWords.formats,
      title: format.title,
      says: format.purpose,
      key: '',
      run: () => setFormat(format.id),
    },
    ...format.presets.map((preset) => ({
      group: paletteWords.formats,
      title: `${format.title}, ${preset.title}`,
      says: preset.help,
      key: '',
      run: () => setFormat(format.id, preset),
    })),
  ]);
}

function optionEntries({ session, catalogue }: Sources): Entry[] {
  const draft = session?.drafts.getState().draft;
  const format =
    draft && catalogue?.formats.find(({ id }) => id === outputOf(draft.config).format.id);
  if (!session || !format) return [];
  return format.options.map((field) => ({
    group: paletteWords.options,
    title: field.title,
    says: field.help,
    key: '',
    run: () => {
      session.page.getState().openStep('options');
      const step = `#${session.id}-step-options`;
      focusLater(`${step}-body [data-option="${field.id}"] :is(input, select, textarea)`, step);
    },
  }));
}

function sampleEntries({ samples, onSample }: Sources): Entry[] {
  return samples.map((sample) => ({
    group: paletteWords.samples,
    title: sample.title,
    says: sample.says,
    key: '',
    run: () => onSample(sample),
  }));
}
