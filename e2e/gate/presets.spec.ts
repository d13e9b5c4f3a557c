// Every preset of every format, every charset, every packing: one hash through the page, Node and the command line.
import type { GateCase } from './cases.ts';
import { gateRuns } from './cases.ts';
import {
  expect,
  hashesInNode,
  hashesInPage,
  hashesOfCommand,
  openHost,
  ownServer,
  test,
} from './doors.ts';
import { charsetCases, packedCases, presetCases } from './presets.ts';

test.use({ forgive: [ownServer] });
test.describe.configure({ timeout: 300_000 });

const groups = new Map<string, GateCase[]>();
function put(name: string, gateCase: GateCase): void {
  groups.set(name, [...(groups.get(name) ?? []), gateCase]);
}
// A format may have a dozen presets: each is a test, whatever it is read from.
for (const one of presetCases) put(one.name.replace(/^.* → /, ''), one);
for (const one of charsetCases) put(`charset ${one.output.charset!.id}`, one);
for (const one of packedCases) put('gzip and zip', one);

for (const [name, cases] of groups)
  test(`${name}: one hash through three doors`, async ({ page, gate }) => {
    await openHost(page, gate);
    for (const gateCase of cases) {
      // Each door has its own lanes and cuts, so that one run of each tells of all three; `gate.spec.ts` mixes them.
      const whole = gateRuns(gateCase, [1], [null], 1);
      const cut = gateRuns(gateCase, [3], [777], 1);
      // A process cannot be handed records.
      const times = gateCase.source === 'csv' ? 1 : 0;
      const [inPage, inNode, ofCommand] = await Promise.all([
        hashesInPage(page, cut),
        hashesInNode(gate, whole),
        hashesOfCommand(gateCase, times),
      ]);
      const [expected = ''] = inNode;
      expect.soft(expected, gateCase.name).toMatch(/^[0-9a-f]{64}$/);
      expect.soft({ inNode, inPage, ofCommand }, gateCase.name).toEqual({
        inNode: [expected],
        inPage: [expected],
        ofCommand: Array.from({ length: times }, () => expected),
      });
    }
  });
