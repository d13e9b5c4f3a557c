// A guarded worker forgets what it has answered, and fails what is under way when it dies.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as Comlink from 'comlink';
import { expect, it } from 'vitest';
import { GuardedWorker } from './guarded-worker.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Api {
  ready(): Promise<void>;
  answer(): Promise<{ rows: string[] }>;
  never(): Promise<void>;
}

function started() {
  let die = (): void => {};
  let lost = 0;
  const worker = new GuardedWorker<Api>(
    () => {
      const { port1, port2 } = new MessageChannel();
      const api: Api = {
        ready: async () => {},
        answer: async () => ({ rows: ['a'] }),
        never: () => new Promise(() => {}),
      };
      Comlink.expose(api, port2);
      const died = new Promise<void>((resolve) => {
        die = resolve;
      });
      return {
        endpoint: port1,
        died: () => died,
        broken: new Promise(() => {}),
        terminate: () => port1.close(),
      };
    },
    () => lost++,
  );
  return { worker, die: () => die(), lost: () => lost };
}

it('keeps no answer alive', async () => {
  const { worker } = started();
  const answers: WeakRef<object>[] = [];
  const ask = async (): Promise<void> => {
    const answer = await worker.call((api) => api.answer());
    expect(answer.rows).toEqual(['a']);
    answers.push(new WeakRef(answer));
  };
  for (let i = 0; i < 20; i++) await ask();
  await new Promise((resolve) => setTimeout(resolve, 10));
  collectGarbage();
  // The last may still lie on the stack.
  expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(3);
  worker.close();
});

it('fails all calls once the worker is gone', async () => {
  const { worker, die, lost } = started();
  await worker.call((api) => api.answer());
  const waiting = [1, 2].map(() => worker.call((api) => api.never()));
  const ended = Promise.allSettled(waiting);
  die();
  const codes = (await ended).map((end) => (end as PromiseRejectedResult).reason.code as string);
  expect(codes).toEqual(['run.worker-died', 'run.worker-died']);
  await expect(worker.call((api) => api.answer())).rejects.toMatchObject({
    code: 'run.worker-died',
  });
  expect(lost()).toBe(1);
  worker.close();
});
