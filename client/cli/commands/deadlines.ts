import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { compute } from '../../../rules/deadlines/computation.ts';
import type { PolicyQuestion } from '../../../rules/deadlines/policies.ts';
import {
  type AnchorDates,
  anchorKinds,
  type ClaimMedium,
  claimMedia,
  type DeadlineKind,
  deadlineKinds,
  type Funding,
  fundings,
  type PayerClass,
  payerClasses,
} from '../../../rules/domain/deadline.ts';
import type { ClaimType } from '../../../rules/domain/claim.ts';
import { DomainError, messageOf } from '../../../rules/domain/failures.ts';
import payerList from '../../../rules/reference/payers.json' with { type: 'json' };
import { loadDeadlines } from '../../knowledge.ts';
import { computedAnswer, consideredAnswer, winnersAnswer } from '../deadline-lines.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { readDate } from '../read-arguments.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';

/** Six a line, under the column of the explanations. */
const anchorNames = anchorKinds
  .map((name, index) => (index > 0 && index % 6 === 0 ? `\n${' '.repeat(39)}${name}` : name))
  .join(', ')
  .replaceAll(', \n', ',\n');

const computeHelp = `
The file (stdin when none is named) holds one JSON object:
  rule       what to count, or the id of a policy that "recourse deadlines policies" lists. Of a rule only amount and unit are needed:
               amount                  1 to 1000
               unit                    calendar | business | month | year | yearEnd
               anchor                  the date it counts from; noticeOn when absent:
                                       ${anchorNames}
               includeAnchorDay        true: the anchor itself is day 1
               receiptPresumptionDays  calendar days after the anchor at which receipt is presumed
               missingDay              lastOfMonth | firstOfNext, for months and years
               orIfLater               more counts; the latest counts       [{ "anchor": …, "amount": …, "unit": … }]
               notLaterThan            counts that none may pass
               filedWhen               received | postmarked | sent
               roll, rollConfirmed     none | nextBusinessDay; an unconfirmed roll never moves the legal date
               calendar                federal | a state such as TX | payer:NAME
               cutoff                  { "time": "18:00", "zone": "America/New_York" }
               bufferBusinessDays, kind, citation, source, seenOn, confirmed
  anchor     one date for the rule’s own anchor; or
  anchors    dates by name, { "remittanceOn": "2026-06-19" }
  calendars  days off of a calendar not kept here: [{ "id": "payer:acme", "title": …, "daysOff": { "2026": ["2026-12-24"] },
               "citation": …, "source": …, "seenOn": …, "confirmed": … }]
  filed      when it was handed in: sentOn, postmarkedOn, received (a date, or a moment with its offset)

Example:
  echo '{ "rule": { "amount": 120, "unit": "calendar", "anchor": "remittanceOn", "receiptPresumptionDays": 5 },
          "anchors": { "remittanceOn": "2026-06-19" } }' | recourse deadlines compute --json

Exits with 2 when the file is not as described: the place, what came, and what was expected.`;

interface PolicyOptions {
  readonly kind?: DeadlineKind;
  readonly payer?: string;
  readonly class?: PayerClass;
  readonly state?: string;
  readonly line?: string;
  readonly funding?: Funding;
  readonly contract?: string;
  readonly claimType: ClaimType;
  readonly medium: ClaimMedium;
  readonly anchor: AnchorDates;
}

/** The deadline engine asked offline: no engine is needed. */
export function deadlinesCommand(session: Session): Command {
  return new Command('deadlines')
    .description('dates counted and explained, and which policy gives them')
    .addCommand(
      new Command('compute')
        .description('one rule and its anchors: the nominal, legal and safe date, and how they were counted')
        .argument('[file]', 'a JSON file; stdin when absent or -')
        .addHelpText('after', computeHelp)
        .action((path: string | undefined) => session.say(computedAnswer(computedFrom(path, session)))),
    )
    .addCommand(policiesCommand(session));
}

function policiesCommand(session: Session): Command {
  return new Command('policies')
    .description('which policy wins for a case, and why; every kind, or one with all its rivals')
    .addOption(new Option('--kind <kind>', 'one kind, with every policy that was considered').choices(deadlineKinds))
    .option('--payer <id>', 'the payer’s id (NM109), such as 60054')
    .addOption(new Option('--class <class>', 'the kind of payer; by its id when absent').choices(payerClasses))
    .option('--state <state>', 'two letters', readState)
    .option('--line <line>', 'line of business, such as federalEmployee')
    .addOption(new Option('--funding <funding>', 'who bears the risk').choices(fundings))
    .option('--contract <id>', 'our contract with the plan; none where there is none')
    .addOption(new Option('--claim-type <type>').choices(['professional', 'institutional']).default('professional'))
    .addOption(new Option('--medium <medium>').choices(claimMedia).default('electronic'))
    .option('--anchor <name=date>', 'a date of the case, such as remittanceOn=2026-06-19; more than one may be given', readAnchor, {})
    .action((options: PolicyOptions) => {
      const { policies } = loadDeadlines();
      const { kind } = options;
      if (kind === undefined) return session.say(winnersAnswer(policies, (each) => questionOf(each, options)));
      return session.say(consideredAnswer(policies, questionOf(kind, options)));
    });
}

function questionOf(kind: DeadlineKind, options: PolicyOptions): PolicyQuestion {
  const { payer = null, state = null, line = null, funding = null, contract = null, claimType, medium, anchor } = options;
  const payerClass = options.class ?? classOf(payer);
  return { kind, payerId: payer, payerClass, state, lineOfBusiness: line, funding, contract, claimType, medium, basisDates: anchor };
}

/** The first class of a payer we know; `other` for one we do not. */
function classOf(payerId: string | null): PayerClass {
  const known = payerList.payers.find(({ ids }) => payerId !== null && ids.includes(payerId))?.classes[0];
  return payerClasses.find((each) => each === known) ?? 'other';
}

function computedFrom(path: string | undefined, session: Session): ReturnType<typeof compute> {
  const isStdin = path === undefined || path === '-';
  const text = readable(() => (isStdin ? session.terminal.in() : readFileSync(path, 'utf8')));
  const where = isStdin ? 'stdin' : path;
  try {
    return compute(JSON.parse(text), loadDeadlines());
  } catch (error) {
    const isOurs = error instanceof DomainError && error.code === 'deadline.bad-computation';
    if (!isOurs && !(error instanceof SyntaxError)) throw error;
    const what = isOurs ? error.message : `This is not JSON: ${messageOf(error)}; expected one object with "rule" and "anchors"`;
    throw new CommandFailure({ exit: exitCode.wrongUsage, what, where, next: 'mend it; recourse deadlines compute --help describes it' });
  }
}

function readState(text: string): string {
  if (/^[A-Z]{2}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be two capital letters, such as TX.');
}

function readAnchor(text: string, before: AnchorDates): AnchorDates {
  const [name, date = ''] = text.split('=');
  const anchor = anchorKinds.find((each) => each === name);
  if (anchor === undefined) throw new InvalidArgumentError(`It must be NAME=YYYY-MM-DD with a name of ${anchorKinds.join(', ')}.`);
  return { ...before, [anchor]: readDate(date) };
}
