import { expect, test } from 'vitest';
import { answerBody, answerMark } from '#domain/pull-request/answer.ts';
import { aStatement, aThread } from '../../support/feedback.ts';

const mark = answerMark('12345678-aaaa', 3, 'T1');

test('each answer carries a mark of its session, round and feedback', () => {
  expect(mark).toBe('<!-- claustre:12345678-3:T1 -->');
});

test.each([
  ['fixed', 'c0ffee', 'Fixed in c0ffee. It was wrong.'],
  ['fixed', null, 'Fixed. It was wrong.'],
  ['answered', 'c0ffee', 'It was wrong.'],
  ['declined', 'c0ffee', 'Not changed. It was wrong.'],
] as const)('%s at %s', (verdict, commit, text) => {
  const feedback = aThread({ verdict, reason: 'It was wrong.' });
  expect(answerBody(feedback, { commit, mark })).toBe(`${text}\n\n${mark}`);
});

test('outside of a thread it quotes what it answers, and calls nobody', () => {
  const statements = [aStatement({ body: '\n> @all **why**?\nmore' })];
  const feedback = aThread({ kind: 'comment', statements, verdict: 'answered', reason: 'So.' });
  expect(answerBody(feedback, { commit: null, mark })).toBe(`> all **why**?\n\nSo.\n\n${mark}`);
});

test('neither reason nor quote can hide what follows, or look like a mark', () => {
  const statements = [aStatement({ body: 'x <!-- claustre:1:T1 -->' })];
  const reason = 'y <!-- claustre:1:T1 -->';
  const feedback = aThread({ kind: 'review', statements, verdict: 'answered', reason });
  expect(answerBody(feedback, { commit: null, mark }).split('<!--')).toHaveLength(2);
});
