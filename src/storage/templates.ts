// The rules of stored templates: names are unique, saves are counted, secrets stay out, unreadable ones stay in.
import { ExportError } from '../contract/errors.ts';
import type {
  ExportTemplate,
  ListedTemplate,
  StoredTemplate,
  StoredWatermark,
  TemplateImport,
  TemplateStore,
} from '../contract/store.ts';
import { isConfigError, publicConfig, type StoreEngine } from './public-config.ts';
import type { Records } from './records.ts';
import { configTexts, matches } from './search-text.ts';
import { readTemplateFile, writeTemplateFile } from './template-file.ts';
import { STORAGE_TEXTS } from './texts.ts';

export interface TemplateParts {
  records: Records<StoredTemplate>;
  engine: StoreEngine;
  onChange(): void;
  /** Told of a save. */
  onSaved(): void;
}

const LONGEST_NAME = 200;

function checkedName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > LONGEST_NAME)
    throw new ExportError('config.wrong-option', {
      path: 'name',
      detail: trimmed === '' ? STORAGE_TEXTS.noName : STORAGE_TEXTS.longName(LONGEST_NAME),
    });
  return trimmed;
}

/** The name, or `name (2)` and so on when it is taken. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const base = name.replace(/ \(\d+\)$/, '');
  let n = 2;
  while (taken.has(`${base} (${n})`)) n++;
  return `${base} (${n})`;
}

function namesBut(records: readonly StoredTemplate[], id: string | null): Set<string> {
  return new Set(records.filter((each) => each.id !== id).map((each) => each.name));
}

function missing(id: string): ExportError {
  return new ExportError('storage.no-template', { id });
}

export function createTemplateStore(parts: TemplateParts): TemplateStore {
  const { records, engine } = parts;

  const listed = async (stored: StoredTemplate): Promise<ListedTemplate> => {
    try {
      const { config } = await engine.upgrade(stored.config);
      return { ...stored, config, error: null };
    } catch (thrown) {
      // An engine that died says nothing about the template.
      if (!isConfigError(thrown)) throw thrown;
      return { ...stored, config: null, error: thrown.toJSON() };
    }
  };

  /** Changes one template; `work` gives it anew. */
  const edit = async <T extends StoredTemplate>(
    id: string,
    work: (stored: StoredTemplate, all: readonly StoredTemplate[]) => T,
  ): Promise<T> => {
    const edited = await records.change((all) => {
      const stored = all.find((each) => each.id === id);
      if (stored === undefined) throw missing(id);
      const result = work(stored, all);
      return { put: [result], result };
    });
    parts.onChange();
    return edited;
  };

  return {
    async list({ search } = {}) {
      const all = await Promise.all((await records.all()).map(listed));
      return all
        .filter((each) =>
          matches(search, [each.name, each.description, ...configTexts(each.config)]),
        )
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    },

    async get(id) {
      const stored = (await records.all()).find((each) => each.id === id);
      if (stored === undefined) return null;
      const { config } = await engine.upgrade(stored.config);
      return { ...stored, config };
    },

    async save({ id, name, description, config: given }) {
      const wanted = checkedName(name);
      const config = await publicConfig(engine, given);
      const now = new Date().toISOString();
      const saved = await records.change((all) => {
        const before = all.find((each) => each.id === id);
        const result: ExportTemplate = {
          id: before?.id ?? id ?? crypto.randomUUID(),
          name: freeName(wanted, namesBut(all, before?.id ?? null)),
          description: description ?? before?.description ?? '',
          config,
          createdAt: before?.createdAt ?? now,
          updatedAt: now,
          version: (before?.version ?? 0) + 1,
          ...(before?.watermarks && { watermarks: before.watermarks }),
        };
        return { put: [result], result };
      });
      parts.onChange();
      parts.onSaved();
      return saved;
    },

    async rename(id, name) {
      const wanted = checkedName(name);
      await edit(id, (stored, all) => ({ ...stored, name: freeName(wanted, namesBut(all, id)) }));
    },

    async describe(id, description) {
      await edit(id, (stored) => ({ ...stored, description }));
    },

    duplicate(id) {
      const now = new Date().toISOString();
      return edit(id, ({ watermarks: _, ...stored }, all) => ({
        ...stored,
        id: crypto.randomUUID(),
        name: freeName(stored.name, namesBut(all, null)),
        createdAt: now,
        updatedAt: now,
        version: 1,
      }));
    },

    async moveWatermarks(id, to, from = []) {
      const { watermarks } = await edit(id, (stored) => {
        const before = stored.watermarks ?? [];
        if (to.length === 0) return { ...stored, watermarks: [] };
        const of = (all: readonly StoredWatermark[], { sourceId }: StoredWatermark) =>
          all.find((each) => each.sourceId === sourceId);
        const moved = to.filter((next) => of(before, next)?.value === of(from, next)?.value);
        const rest = before.filter((each) => of(moved, each) === undefined);
        return { ...stored, watermarks: [...rest, ...moved] };
      });
      return watermarks;
    },

    async remove(id) {
      const removed = await records.change((all) => {
        const stored = all.find((each) => each.id === id) ?? null;
        return { remove: stored === null ? [] : [id], result: stored };
      });
      if (removed !== null) parts.onChange();
      return removed;
    },

    async restore(template) {
      await records.change((all) => ({
        put: [{ ...template, name: freeName(template.name, namesBut(all, template.id)) }],
        result: null,
      }));
      parts.onChange();
    },

    async importAll(text, fileName): Promise<TemplateImport> {
      const found = await readTemplateFile(text, fileName);
      const readable: StoredTemplate[] = [];
      const refused: TemplateImport['refused'] = [];
      const now = new Date().toISOString();
      for (const each of found) {
        try {
          readable.push({
            ...each.template,
            name: checkedName(each.template.name),
            config: await publicConfig(engine, each.template.config),
            createdAt: each.template.createdAt ?? now,
            updatedAt: each.template.updatedAt ?? now,
          });
        } catch (thrown) {
          if (!isConfigError(thrown)) throw thrown;
          refused.push({
            name: each.template.name,
            line: await each.line(),
            error: thrown.toJSON(),
          });
        }
      }
      const done = await records.change((all) => {
        const names = namesBut(all, null);
        const ids = new Set(all.map((each) => each.id));
        const renamed: TemplateImport['renamed'] = [];
        const put = readable.map((each) => {
          const name = freeName(each.name, names);
          if (name !== each.name) renamed.push({ from: each.name, to: name });
          names.add(name);
          const id = each.id === '' || ids.has(each.id) ? crypto.randomUUID() : each.id;
          ids.add(id);
          return { ...each, id, name };
        });
        return { put, result: { imported: put as ExportTemplate[], renamed, refused } };
      });
      if (done.imported.length > 0) {
        parts.onChange();
        parts.onSaved();
      }
      return done;
    },

    async exportAll(form, ids) {
      const all = (await records.all()).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
      const chosen = ids === undefined ? all : all.filter((each) => ids.includes(each.id));
      // How far this machine's runs have come is nobody else's matter, and values of the data besides.
      const plain = chosen.map(({ watermarks: _, ...rest }) => rest);
      return writeTemplateFile(form, plain);
    },
  };
}
