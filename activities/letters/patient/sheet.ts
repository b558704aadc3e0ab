import type { StatementPolicy } from '../../../rules/statements/read-statement-policies.ts';
import { scanLine } from '../../../rules/statements/scan-line.ts';
import { serviceWords } from '../../../rules/statements/service-words.ts';
import type { LanguageChoice, WrittenLanguage } from '../../../rules/statements/language.ts';
import type { BilledService, StatedAccount, Statement } from '../../../rules/statements/statement.ts';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { dollars, sum } from '../../../rules/domain/money.ts';
import { type Block, dayInWords, renderText } from '../text.ts';
import { type Labels, labels } from './labels.ts';
import { statementTexts } from './texts.ts';

export interface Party {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface SheetQuestion {
  /** Digits, unique among everything ever sent. */
  readonly number: string;
  readonly statement: Statement;
  readonly language: LanguageChoice;
  readonly to: Party;
  readonly sender: Party;
  readonly remitTo: Party;
  readonly policy: StatementPolicy;
}

interface Listing {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Pairs = readonly (readonly [label: string, value: string])[];

/** Everything that statement.typ shows of one statement. */
export interface Sheet {
  readonly number: string;
  readonly on: CivilDate;
  readonly language: WrittenLanguage;
  readonly sender: Party;
  readonly head: readonly string[];
  readonly to: readonly string[];
  readonly title: string;
  readonly summary: Pairs;
  readonly opening: readonly Block[];
  readonly assistance: readonly Block[];
  readonly slip: Readonly<Record<'tear' | 'title' | 'from' | 'payable' | 'options' | 'scanLine', string>> & {
    readonly remitTo: readonly string[];
    readonly facts: Pairs;
  };
  readonly accounts: readonly {
    readonly title: string;
    readonly says: readonly string[];
    readonly services: Listing;
    readonly steps: Listing;
  }[];
  readonly notices: readonly Block[];
  readonly footer: string;
  readonly page: string;
  readonly of: string;
}

/** The statement in the guarantor's language. @throws DomainError `letter.missing-field`, `statement.scan-line` */
export function sheetOf(question: SheetQuestion): Sheet {
  const { number, statement, language, to, sender, remitTo, policy } = question;
  const { written } = language;
  const words = labels[written];
  const due = dollars(statement.dueCents);
  const payBy = dayInWords(statement.payByOn, written);
  const texts = textsOf(question);
  return {
    number,
    on: statement.on,
    language: written,
    sender,
    head: [`${words.number} ${number}`, dayInWords(statement.on, written), `${words.phone}: ${policy.phone}`],
    to: [to.name, ...to.lines],
    title: words.statement,
    summary: [
      [words.amountDue, due],
      [words.payBy, payBy],
      [words.accounts, statement.accounts.map(({ accountNumber }) => accountNumber).join(', ')],
    ],
    ...texts,
    slip: {
      tear: words.slip.tear,
      title: words.slip.title,
      from: words.slip.from,
      payable: words.slip.payable,
      remitTo: [remitTo.name, ...remitTo.lines],
      facts: [
        [words.number, number],
        [words.date, dayInWords(statement.on, written)],
        [words.amountDue, due],
        [words.payBy, payBy],
        [words.slip.enclosed, '$ ____________'],
      ],
      options: `${words.slip.options} ${policy.payUrl} · ${policy.phone}`,
      scanLine: scanLine(number, statement.dueCents),
    },
    accounts: statement.accounts.map((account) => accountSection(account, written)),
    footer: `${sender.name} · ${words.number} ${number}`,
    page: words.page,
    of: words.of,
  };
}

function textsOf({ number, statement, language, sender, policy }: SheetQuestion): Pick<Sheet, 'opening' | 'assistance' | 'notices'> {
  const { written, wanted } = language;
  const isSelfPay = statement.accounts.some((account) => account.isSelfPay);
  const fields = {
    statement: { tone: statement.tone, number, isSelfPay, hasInsurance: statement.accounts.some((account) => !account.isSelfPay) },
    office: { phone: policy.phone, hours: policy.hours[written], payUrl: policy.payUrl },
    assistance: policy.assistance,
    sender: { name: sender.name },
    language: wanted === null ? {} : { wanted },
  };
  const texts = statementTexts(written);
  const set = (part: keyof typeof texts): readonly Block[] => renderText(texts[part].name, texts[part].text, fields, written);
  return { opening: set('opening'), assistance: set('assistance'), notices: set('notices') };
}

function accountSection(account: StatedAccount, language: WrittenLanguage): Sheet['accounts'][number] {
  const words = labels[language];
  const { patientName, accountNumber, servicedFrom, servicedThrough, statementNumber, paidSince, steps, dueCents } = account;
  const from = dayInWords(servicedFrom, language);
  const when = servicedFrom === servicedThrough ? from : `${from} ${words.to} ${dayInWords(servicedThrough, language)}`;
  const thanks = sum(paidSince.map(({ cents }) => cents));
  return {
    title: `${words.careOf} ${patientName}, ${words.account} ${accountNumber}`,
    says: [`${words.serviced} ${when}. ${words.nth} ${statementNumber}.`, ...(thanks > 0 ? [`${words.thankYou} ${dollars(thanks)}.`] : [])],
    services: { title: words.services, header: words.serviceHeader, rows: serviceRows(account, words, language) },
    steps: {
      title: words.howMuch,
      header: words.stepHeader,
      rows: [...steps.map(({ kind, cents }) => [words.steps[kind], dollars(cents)]), [words.youOwe, dollars(dueCents)]],
    },
  };
}

function serviceRows({ services, otherChargesCents }: StatedAccount, words: Labels, language: WrittenLanguage): Listing['rows'] {
  const other = otherChargesCents === 0 ? [] : [['', words.otherCharges, dollars(otherChargesCents)]];
  return [
    ...services.map((service) => [shortDay(service.servicedOn), nameOf(service, words, language), dollars(service.chargeCents)]),
    ...other,
  ];
}

function nameOf(service: BilledService, words: Labels, language: WrittenLanguage): string {
  const { units, procedureCode, revenueCode } = service;
  const codes = [revenueCode, procedureCode].flatMap((code) => code ?? []).join(' ');
  const name = serviceWords(service, language) ?? words.service;
  return `${name}${codes === '' ? '' : ` (${codes})`}${units === 1 ? '' : ` × ${units}`}`;
}

/** `06/16/2026`, as both languages write it in the United States. */
function shortDay(on: string): string {
  const [year, month, day] = on.split('-');
  return `${month}/${day}/${year}`;
}
