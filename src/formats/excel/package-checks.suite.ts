// Looks through the parts of a package: well-formed, with types, ids used once, and relationships that lead somewhere.
import { SaxesParser } from 'saxes';

interface Found {
  ids: string[];
  references: string[];
  targets: { id: string; target: string; isExternal: boolean }[];
  types: Map<string, string>;
  defaults: Map<string, string>;
}

function read(text: string): Found {
  const found: Found = {
    ids: [],
    references: [],
    targets: [],
    types: new Map(),
    defaults: new Map(),
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, attributes }) => {
    const of = (name: string): string | undefined => attributes[name]?.value;
    for (const { prefix, local: name, value } of Object.values(attributes))
      if (prefix === 'r' && name !== 'xmlns') found.references.push(value);
    if (local === 'Relationship') {
      found.ids.push(of('Id')!);
      found.targets.push({
        id: of('Id')!,
        target: of('Target')!,
        isExternal: of('TargetMode') === 'External',
      });
    }
    if (local === 'Override') found.types.set(of('PartName')!.slice(1), of('ContentType')!);
    if (local === 'Default') found.defaults.set(of('Extension')!, of('ContentType')!);
  });
  parser.write(text).close();
  return found;
}

/** Where a target leads, seen from the folder of a part. */
function resolve(from: string, target: string): string {
  const path = from.split('/').slice(0, -1);
  for (const step of target.split('/'))
    if (step === '..') path.pop();
    else path.push(step);
  return path.join('/');
}

/** What is wrong with a package of these parts (ECMA-376 part 2): empty when nothing is. */
export function packageFaults(parts: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  const found = new Map<string, Found>();
  for (const [name, text] of parts) {
    try {
      found.set(name, read(text));
    } catch (error) {
      faults.push(`${name} is no XML: ${String(error)}`);
    }
  }
  const { types, defaults } = found.get('[Content_Types].xml')!;
  const reached = new Set(['[Content_Types].xml']);
  for (const [name, { ids, targets }] of found) {
    if (!name.endsWith('.rels')) continue;
    reached.add(name);
    const owner = name.replace(/_rels\/([^/]*)\.rels$/, '$1');
    if (owner !== '' && !parts.has(owner)) faults.push(`${name} is of no part`);
    if (new Set(ids).size < ids.length) faults.push(`${name} has an id twice`);
    for (const { target, isExternal } of targets) {
      if (isExternal) continue;
      const to = resolve(owner, target);
      reached.add(to);
      if (!parts.has(to)) faults.push(`${name} leads to ${to}, which is not there`);
    }
    const used = owner === '' ? [] : (found.get(owner)?.references ?? []);
    for (const id of used)
      if (!ids.includes(id)) faults.push(`${owner} names ${id}, which is nothing`);
  }
  for (const [name, { references }] of found) {
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    const own = `${folder}_rels/${name.slice(folder.length)}.rels`;
    if (references.length > 0 && !parts.has(own)) faults.push(`${name} names what is nowhere`);
    if (!reached.has(name)) faults.push(`nothing leads to ${name}`);
    const extension = name.slice(name.lastIndexOf('.') + 1);
    const isTyped = types.has(name) || (extension !== 'xml' && defaults.has(extension));
    if (name !== '[Content_Types].xml' && !isTyped) faults.push(`${name} has no type`);
  }
  for (const name of types.keys())
    if (!parts.has(name)) faults.push(`a type is given to ${name}, which is not there`);
  return faults;
}
