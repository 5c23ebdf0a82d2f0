import { textRuns, withTextRuns } from '@hymio/gateway';
import { expect, it } from 'vitest';

it.each([
  ['a text without either', 'Vastauksia 243', 'Vastauksia 243'],
  ['a range with its sign', 'mellan 76–86 %).', ['mellan ', { set: 'whole', text: '76–86 %' }, ').']],
  ['a range at the end', 'klo 8–9', ['klo ', { set: 'whole', text: '8–9' }]],
  ['a long word', 'Hammashoitolapalvelupiste 2', [{ set: 'divided', text: 'Hammashoitolapalvelupiste' }, ' 2']],
])('%s', (_, text, runs) => {
  expect(textRuns(text, 'running')).toEqual(runs);
});

it('words may be divided sooner in a table, and what is no text stays', () => {
  const data = { id: 'hammashoitolat-aina', text: 'hammashoitolat', table: { rows: [[{ text: 'hammashoitolat' }]] } };
  expect(withTextRuns(data)).toEqual({
    id: 'hammashoitolat-aina',
    text: 'hammashoitolat',
    table: { rows: [[{ text: [{ set: 'divided', text: 'hammashoitolat' }] }]] },
  });
});
