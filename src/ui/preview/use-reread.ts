// The first rows as a receiver reads them: asked only while somebody looks, broken off by any change of the plan.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Reread } from '../../contract/reread.ts';
import { bindingsOf } from '../draft-bindings.ts';
import { boundKey, measuredConfig, useSettled } from '../queries.ts';
import { useEngine } from '../session.tsx';

const LIMITS = { rows: 200, columns: 256, sheets: true };

export function useReread(isWanted: boolean, firstColumn: number): UseQueryResult<Reread> {
  const engine = useEngine();
  const draft = useSettled();
  const config = useMemo(() => draft && measuredConfig(draft.config), [draft]);
  return useQuery({
    queryKey: ['reread', draft?.input.key, config, firstColumn, boundKey(draft)],
    queryFn: ({ signal }) =>
      engine.reread(config!, bindingsOf(draft!), { ...LIMITS, firstColumn }, { signal }),
    enabled: isWanted && draft !== null,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft?.input.key ? previous : undefined,
    structuralSharing: false,
  });
}
