// Asks a Python program questions, one after the other: readers that we did not write, started once.
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * `script` defines `answer(question)`; both are JSON. The process starts with the first question and ends with the tests.
 * A failing answer rejects with Python's words.
 */
export function askPython<Question, Answer>(
  script: string,
): (question: Question) => Promise<Answer> {
  const program = `import json,sys,traceback
${script}
for line in sys.stdin:
    try:
        print(json.dumps({"answer": answer(json.loads(line))}), flush=True)
    except Exception:
        print(json.dumps({"failure": traceback.format_exc()}), flush=True)
`;
  let ask: ((line: string) => Promise<string>) | null = null;
  const start = (): ((line: string) => Promise<string>) => {
    const child = spawn('python3', ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.unref();
    (child.stdin as Socket).unref();
    const waiting: { resolve(line: string): void; reject(reason: Error): void }[] = [];
    let rest = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (piece: string) => {
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      for (const line of lines) waiting.shift()!.resolve(line);
    });
    child.on('error', (error) => {
      for (const { reject } of waiting.splice(0)) reject(error);
    });
    return (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${line}\n`);
      });
  };
  return async (question) => {
    ask ??= start();
    const line = await ask(JSON.stringify(question));
    const { answer, failure } = JSON.parse(line) as { answer: Answer; failure?: string };
    if (failure !== undefined) throw new Error(failure);
    return answer;
  };
}
