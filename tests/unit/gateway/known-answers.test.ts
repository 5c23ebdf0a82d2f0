import { KnownAnswers } from '@hymio/gateway';
import { expect, test } from 'vitest';

test('An answer is worked out once, until so many others were asked for since', () => {
  const known = new KnownAnswers<string>(2);
  const worked: string[] = [];
  const ask = (question: string) =>
    known.get(question, () => {
      worked.push(question);
      return question.toUpperCase();
    });
  expect([ask('a'), ask('b'), ask('a'), ask('c'), ask('a'), ask('b')]).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(worked).toEqual(['a', 'b', 'c', 'b']);
});
