// The gate: the same plan gives the same bytes in the page and in Node, with any lanes and any batch cuts, every time.
import { batchCuts, gateCases, gateRuns, laneCounts } from './cases.ts';
import { expect, hashesInNode, hashesInPage, openHost, ownServer, test } from './doors.ts';

test.use({ forgive: [ownServer] });
test.describe.configure({ timeout: 240_000 });

for (const gateCase of gateCases)
  test(`${gateCase.name}: one hash through both doors`, async ({ page, gate }) => {
    await openHost(page, gate);
    const inline = { gateCase, lanes: 0, batchRows: null };
    const runs = gateRuns(gateCase, laneCounts, batchCuts, 2);
    const [inNode, inPage] = await Promise.all([
      hashesInNode(gate, [inline, ...runs]),
      hashesInPage(page, runs),
    ]);
    const [expected = '', ...others] = inNode;
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    expect(others, 'Node').toEqual(runs.map(() => expected));
    expect(inPage, 'page').toEqual(runs.map(() => expected));
  });
