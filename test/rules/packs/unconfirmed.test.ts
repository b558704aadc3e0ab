import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../rules/domain/decision.ts';
import { cautionOf, isUnconfirmed, reaches } from '../../../rules/engine/caution.ts';
import { evaluator } from '../../../rules/engine/evaluate.ts';
import type { Rule } from '../../../rules/engine/rule.ts';
import { shippedRuleSet } from '../../support/rule-sets.ts';
import { carriedOut, type Situation } from './situation.ts';

const ruleSet = shippedRuleSet();
const { rules } = ruleSet;
const ids = (some: readonly Rule[]) => some.map(({ id }) => id);

/** Where and when the text was seen, the day of X12's list, or that nobody saw it. */
const dated = /, seen \d{4}-\d\d-\d\d\)$|, list of \d{4}-\d\d-\d\d$|\(text not seen\)$/;
const notSeen = '(text not seen)';

/** Law and manuals whose text none of us has read. Whoever reads one takes it out here and says in the rule where it was seen. */
const unreadLaw =
  /405\.(926|940|962|966|1006|1014|1102|1136)|411\.40[48]|412\.172|424\.5(16|21)|438\.40[28]|447\.26|489\.21|149\.(110|410|510)|147\.136|156\.270|1396a|1320a|11 U\.S\.C\.|NAIC|Claims Processing Manual, chapter (1|28)\b|Correct Coding/;

describe('every shipped rule', () => {
  test('says of each source where and when it was seen, or that it was not', () => {
    const citations = rules.flatMap(({ id, meta }) => meta.citation.map((citation) => ({ id, citation })));
    expect(citations.filter(({ citation }) => !dated.test(citation))).toEqual([]);
    expect(citations.filter(({ citation }) => unreadLaw.test(citation) && !citation.endsWith(notSeen))).toEqual([]);
  });

  test('says whether its sources were read, when it has any; without any it is our own policy', () => {
    expect(ids(rules.filter(({ meta }) => (meta.confirmed === undefined) !== (meta.citation.length === 0)))).toEqual([]);
    expect(ids(rules.filter(({ meta }) => meta.citation.length === 0 && meta.practice === undefined))).toEqual([]);
    expect(
      ids(rules.filter(({ meta }) => meta.citation.some((citation) => /^(our|practice|project|follow-up)\b/i.test(citation)))),
    ).toEqual([]);
  });

  test('is confirmed only by texts that were seen', () => {
    const boasting = rules.filter(({ meta }) => meta.confirmed === true && meta.citation.some((citation) => citation.endsWith(notSeen)));
    expect(ids(boasting)).toEqual([]);
  });

  test('that is not confirmed does what is harmless, drafts the rest for a person, and says what to confirm and who could', () => {
    const broken: string[] = [];
    cautionOf(ruleSet, ({ id }, pointer, check) => broken.push(`${id} ${pointer} ${check}`));
    expect(broken).toEqual([]);
    const reached = rules.filter(isUnconfirmed).map(({ answer }) => reaches[answer.action]);
    expect([reached.length > 50, reached.includes('drafted'), reached.includes('harmless')]).toEqual([true, true, true]);
  });

  test('that acts without a person rests on a text that was read', () => {
    const acting = rules.filter(({ answer }) => reaches[answer.action] === 'acts');
    expect(acting.length).toBeGreaterThan(8);
    expect(ids(acting.filter(({ meta }) => meta.confirmed !== true || !meta.citation.some((c) => /seen \d|list of/.test(c))))).toEqual([]);
  });
});

describe('the person who gets an answer', () => {
  const decide = evaluator(ruleSet);

  test('reads what is not confirmed, who can say, and what was not read', () => {
    const facts = { point: 'denied', 'payer.class': 'tricare', 'denial.group': 'CO', 'denial.category': 'AUT' };
    const { why, citation } = decide(facts, '2026-06-01').answer;
    expect(why).toContain(' Not confirmed: the appeal window. Who can say: the contractor’s letter.');
    expect(citation).toBe('TRICARE appeal windows, 90 days by common account (text not seen) (not confirmed)');
  });

  test('reads what is our own policy and where it is changed', () => {
    const facts = {
      point: 'patientBalance',
      'patient.statements': 1,
      'patient.daysSinceLastStatement': 30,
      'patient.balanceCents': 12_000,
    };
    const { citation } = decide(facts, '2026-06-01').answer;
    expect(citation).toMatch(
      /seen 2026-11-23\); our own policy: every 30 days, three statements at most \(changed in the rule patientBalance\.nextStatement\)$/,
    );
  });
});

describe('how far an answer goes', () => {
  const denied = (code: string): Situation => ({
    payer: ['PAYERX', 'commercial'],
    denied: code,
    servicedOn: '2026-05-28',
    remittedOn: '2026-06-10',
  });
  const inDenied: readonly (readonly [action: Action, code: string])[] = [
    ['newClaim', 'CO-16 MA130'],
    ['replacementClaim', 'CO-4'],
    ['sendDocuments', 'CO-252'],
    ['reconsideration', 'CO-197'],
    ['appeal', 'CO-50'],
    ['billOtherPayer', 'CO-109'],
    ['writeOff', 'CO-29'],
    ['callPayer', 'CO-133'],
    ['routeToPerson', 'CO-197'],
    ['wait', 'CO-133'],
  ];

  test.each(inDenied)('"%s" about %s sends nothing before a person has seen it', (action, code) => {
    const { refusals, commands, tasks } = carriedOut(denied(code), 'denied', action);
    expect({ refusals, commands, asked: tasks.length }).toEqual({ refusals: [null], commands: [], asked: action === 'wait' ? 0 : 1 });
    expect(reaches[action]).not.toBe('acts');
  });

  test('"sendStatement" goes out by itself', () => {
    const { refusals, commands } = carriedOut(denied('PR-1'), 'patientBalance', 'sendStatement');
    expect({ refusals, commands, reach: reaches.sendStatement }).toEqual({ refusals: [null], commands: ['sendStatement'], reach: 'acts' });
  });

  test('"moveToPatient" of what was refused under PR waits for a person who says that the patient owes it', () => {
    const { commands, tasks } = carriedOut(denied('PR-204'), 'denied', 'moveToPatient');
    expect({ commands, tasks: tasks.length, reach: reaches.moveToPatient }).toEqual({ commands: [], tasks: 1, reach: 'acts' });
  });
});
