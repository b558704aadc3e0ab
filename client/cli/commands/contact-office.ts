import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { contactPolicies, readContactPolicies } from '../../../rules/contacts/read-policies.ts';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import { policyLines, violationLines } from '../contact-lines.ts';
import { missing } from '../contact-person.ts';
import { exitCode, type CommandFailure } from '../failure.ts';
import { type Answer, exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import { readCount, readDate, readId } from '../read-arguments.ts';
import type { Session } from '../session.ts';

/** What a compliance officer looks at: contacts against the rules, and the rules themselves. */

export function violationsCommand(session: Session): Command {
  return new Command('violations')
    .description('contacts that should not have been, of us and of vendors, with the rule; exit 1 when there are any')
    .option('--party <party>', '`us`, or the id of a vendor')
    .option('--since <date>', 'contacts from that day on', readDate)
    .option('--all', 'those that somebody reviewed too')
    .option('--limit <count>', 'how many', readCount, 100)
    .action(({ party, since, all, limit }: { party?: string; since?: CivilDate; all?: true; limit: number }) =>
      session.ask(async ({ contacts }) => {
        const question = { all: all === true, limit, ...(party === undefined ? {} : { party }), ...(since === undefined ? {} : { since }) };
        const violations = await contacts.violations(question);
        return { document: { violations }, lines: violationLines(violations), exit: exitFor(violations.length === 0) };
      }),
    );
}

export function reviewCommand(session: Session): Command {
  return new Command('review')
    .description('somebody looked at a violation, and says what was done about it')
    .argument('<violation>', 'its id, as recourse contact violations shows it', readId)
    .requiredOption('--by <name>')
    .requiredOption('--note <text>', 'what was done about it')
    .action((id: string, review: { readonly by: string; readonly note: string }) =>
      session.ask(async ({ contacts }) => {
        if (!(await contacts.review(id, review))) throw none(id);
        return { document: { reviewed: true }, lines: ['reviewed'] };
      }),
    );
}

function none(id: string): CommandFailure {
  return missing('There is no violation of that id that waits for a review.', id, 'recourse contact violations --all shows the ids');
}

export function policiesCommand(session: Session): Command {
  return new Command('policies')
    .description('the rules of who may reach a person, with dates and sources; needs no engine')
    .option('--on <date>', 'those in force on that day', readDate)
    .option('--file <file>', 'another file of rules: is it sound?')
    .action(({ on, file }: { readonly on?: CivilDate; readonly file?: string }) => session.say(policies(on, file)));
}

function policies(on: CivilDate | undefined, file: string | undefined): Answer {
  try {
    const all = file === undefined ? contactPolicies() : readContactPolicies(readable(() => readFileSync(file, 'utf8')));
    const shown = all.filter(
      ({ effective: { from, to } }) => on === undefined || ((from === null || from <= on) && (to === null || on <= to)),
    );
    return { document: { policies: shown }, lines: policyLines(shown) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const faults = error.message.split('\n');
    return { document: { ok: false, faults }, lines: faults.map((fault) => `✗ ${fault}`), exit: exitCode.no };
  }
}
