import { type Attachment, attachmentTitles } from '../../rules/domain/attachment.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Coverage, SubmittedClaim } from '../../rules/domain/claim.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { findCase } from '../../rules/lifecycle/balances.ts';
import type { Database } from '../../prisma/client.ts';
import { listAttachments, readAttachmentContents } from '../../prisma/reads/attachments.ts';
import { readRemittanceNotice } from '../../prisma/reads/letter-source.ts';
import type { OutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { ParcelFile } from '../dependencies.ts';
import type { Route, Routes } from '../gateways/routes.ts';
import { manifestFile, sha256Of } from '../outbound/manifest.ts';
import { addressLines } from '../outbound/letters.ts';
import { type Catalogue, type LetterPath, shippedCatalogue, type Template, templateFor } from './catalogue.ts';
import { type CheckedItem, checked, lacking } from './checklist.ts';
import { fieldsOf, type Fields, type LetterFacts } from './fields.ts';
import { type Document, type Layout, setInType } from './layout.ts';
import { factsOf, madePages } from './pages.ts';
import { dayInWords, missingField, renderText } from './text.ts';

/** What a packet is about, and what it is made from. */
export interface PacketQuestion {
  readonly db: Database;
  readonly accountId: string;
  readonly source: OutboundSource;
  readonly routes: Routes;
  readonly claim: SubmittedClaim;
  readonly path: LetterPath;
  readonly sequence: 1 | 2 | 3;
  /** Null when a claim that nobody denied is what it is about. */
  readonly caseId: string | null;
  readonly level: number;
  readonly amountCents: number;
  readonly on: CivilDate;
  /** How the packet is called, such as `appeal-000000123`. */
  readonly parcel: string;
  /** The attachment control number that the payer gave with its request; null when it gave none. */
  readonly asked: string | null;
  readonly catalogue?: Catalogue;
}

export interface Packet {
  readonly title: string;
  readonly template: string;
  readonly channel: string;
  /** Cover, letter and the pages we make: PDF/UA-1. */
  readonly letter: Document;
  readonly attachments: readonly Attachment[];
  readonly checklist: readonly CheckedItem[];
  /** Why it may not be sent as it is; empty when it may. */
  readonly obstacles: readonly string[];
  /** With the manifest at the end. */
  readonly files: () => Promise<readonly ParcelFile[]>;
}

interface Drawn {
  readonly question: PacketQuestion;
  readonly template: Template;
  readonly fields: Fields;
  readonly facts: LetterFacts;
  readonly attachments: readonly Attachment[];
  readonly route: Route;
  readonly payerId: string;
}

/**
 * The packet as it would leave now: cover, letter, pages, attachments, with its checklist. It is made whether or not it may be sent, so that a person sees it
 * before they approve it. @throws DomainError when the letter itself cannot be written: `letter.missing-field` names the field
 */
export async function composePacket(question: PacketQuestion): Promise<Packet> {
  const drawn = await draw(question);
  const { template, fields, attachments, route } = drawn;
  const blocks = renderText(nameOf(template), template.text, fields);
  const pages = madePages(drawn.facts, template.pages);
  const letter = setInType(layoutOf(drawn, { blocks, pages }));
  const checklist = checked(drawn, { common: (question.catalogue ?? shippedCatalogue()).common, pages });
  const obstacles = [...lacking(checklist), ...beyondLimits(route, letter, attachments)];
  return {
    title: template.title,
    template: nameOf(template),
    channel: route.channel,
    letter,
    attachments,
    checklist,
    obstacles,
    files: async () => filesOf(drawn, letter),
  };
}

/** @throws DomainError `packet.incomplete` naming all that stands in the way */
export function refuseIncomplete({ obstacles }: Packet): void {
  if (obstacles.length === 0) return;
  throw new DomainError(
    'packet.incomplete',
    `the packet may not be sent: ${obstacles.join('; ')}. Add documents with \`recourse letter attach\`, then send it again`,
  );
}

function nameOf({ id, version }: Template): string {
  return `${id} version ${version}`;
}

async function draw(question: PacketQuestion): Promise<Drawn> {
  const { db, accountId, source, claim, sequence, caseId, level, on, path } = question;
  const found = caseId === null ? null : findCase(source.account, caseId);
  const track = source.account.claims.find((one) => one.sequence === sequence) ?? null;
  const coverage = claim.coverages.find((one) => one.sequence === sequence) ?? null;
  const category = found?.case.category ?? '';
  const template = templateFor(question.catalogue ?? shippedCatalogue(), {
    path,
    level,
    payerClass: track?.payerClass ?? 'other',
    category,
    on,
  });
  const attachments = await listAttachments(db, accountId, caseId);
  const notice = found === null ? null : await readRemittanceNotice(db, found.case.remittanceClaimId);
  const attached = attachments.map(({ kind }) => kind);
  const about = { claim, coverage, track, case: found?.case ?? null, notice, form: source.form };
  // Where nothing was denied there is no amount in dispute.
  const amountCents = found === null ? 0 : question.amountCents;
  const facts: LetterFacts = { ...about, level, amountCents, attached, asked: question.asked };
  const payerId = track?.payerId ?? coverage?.payerId ?? '';
  const route = question.routes.routeFor('disputes', payerId);
  return { question, template, fields: fieldsOf(facts), facts, attachments, route, payerId };
}

function layoutOf({ question, template, facts, fields, attachments, route }: Drawn, made: Pick<Layout, 'blocks' | 'pages'>): Layout {
  const { claim, coverage } = facts;
  const provider = claim.billingProvider;
  const to = { name: payerName(coverage), lines: destinationLines(route, coverage, template) };
  const sender = {
    name: provider.name,
    lines: [...addressLines(provider.address), `NPI ${provider.npi}`, `Tax ID ${provider.taxId}`],
  };
  const made1 = { number: '1', title: ['Letter', ...made.pages.map(({ title }) => title)].join('; '), pages: '', controlNumber: '' };
  const documents = attachments.map(({ kind, name, pages, controlNumber }, n) => {
    return { number: String(n + 2), title: `${attachmentTitles[kind]} (${name})`, pages: String(pages), controlNumber };
  });
  const date = dayInWords(question.on);
  return {
    title: template.title,
    reference: question.parcel,
    date,
    sender,
    to,
    facts: factsOf(fields),
    ...made,
    signer: { name: 'Patient Financial Services', title: provider.name },
    cover: {
      title: route.kind === 'fax' ? 'Fax' : 'Packet',
      facts: [
        ['To', [to.name, ...to.lines].join(', ')],
        ...(route.to.fax === undefined ? [] : [['Fax', route.to.fax] as const]),
        ['From', provider.name],
        ['Date', date],
        ['Subject', template.title],
        ['Our reference', question.parcel],
        ...(question.asked === null ? [] : requestFacts(question.asked, facts)),
      ],
      attachedPages: attachments.reduce((sum, { pages }) => sum + pages, 0),
      documents: [made1, ...documents],
      notice:
        'This packet holds health information that is protected by federal law. If it came to you by mistake, tell the sender at once and destroy it; ' +
        'you may not read, copy or pass it on.',
    },
  };
}

/** By what the payer joins the documents to the claim it holds. */
function requestFacts(asked: string, { track }: LetterFacts): readonly (readonly [string, string])[] {
  const number = track?.payerClaimNumber ?? null;
  return [['Your attachment control number', asked], ...(number === null ? [] : [['Your claim number', number] as const])];
}

function payerName(coverage: Coverage | null): string {
  return coverage === null || coverage.payerName === '' ? 'Claims department' : coverage.payerName;
}

/** What goes by mail has an address: the one in channels.json, else the payer's own on the claim. */
function destinationLines({ kind, to }: Route, coverage: Coverage | null, template: Template): readonly string[] {
  const lines = to.lines ?? (coverage?.payerAddress === undefined ? [] : addressLines(coverage.payerAddress));
  if (kind === 'mail' && lines.length === 0) throw missingField(nameOf(template), 'payer.address');
  return lines;
}

function beyondLimits({ channel, limits }: Route, letter: Document, attachments: readonly Attachment[]): readonly string[] {
  const files = attachments.length + 1;
  const bytes = attachments.reduce((sum, { size }) => sum + size, letter.content.byteLength);
  const pages = attachments.reduce((sum, one) => sum + one.pages, letter.pages);
  const strange = attachments.filter(({ mediaType }) => !limits.types.includes(mediaType));
  return [
    ...(files > limits.files ? [`channel ${channel} takes ${limits.files} files, the packet has ${files}`] : []),
    ...(bytes > limits.bytes ? [`channel ${channel} takes ${limits.bytes} bytes, the packet has ${bytes}`] : []),
    ...(pages > limits.pages ? [`channel ${channel} takes ${limits.pages} pages, the packet has ${pages}`] : []),
    ...strange.map((one) => `channel ${channel} takes ${limits.types.join(', ')}, document ${one.controlNumber} is ${one.mediaType}`),
  ];
}

async function filesOf(
  { question, template, facts, attachments, route, payerId }: Drawn,
  letter: Document,
): Promise<readonly ParcelFile[]> {
  const { db, parcel, on, level, path } = question;
  const folder = route.channel;
  const contents = await readAttachmentContents(
    db,
    attachments.map(({ id }) => id),
  );
  const main = { folder, name: `${parcel}.pdf`, content: letter.content, mediaType: 'application/pdf' };
  const enclosed = attachments.map(({ mediaType, controlNumber }, n) => {
    const name = `${parcel}-${n + 2}-${controlNumber}.${extensions[mediaType] ?? 'bin'}`;
    return { folder, name, content: contents[n] ?? new Uint8Array(), mediaType };
  });
  const files = [
    describe(main, letter.pages),
    ...enclosed.map((file, n) => ({ ...describe(file, attachments[n]?.pages ?? 0), controlNumber: attachments[n]?.controlNumber ?? '' })),
  ];
  const { fax, email } = route.to;
  const to = {
    name: payerName(facts.coverage),
    lines: [...destinationLines(route, facts.coverage, template)],
    ...(fax === undefined ? {} : { fax }),
    ...(email === undefined ? {} : { email }),
  };
  const about = {
    kind: path,
    level,
    template: nameOf(template),
    payerId,
    account: question.source.accountNumber,
    memberId: facts.coverage?.memberId ?? '',
    payerClaimNumber: facts.track?.payerClaimNumber ?? null,
    ...(question.asked === null ? {} : { attachmentControlNumber: question.asked }),
  };
  const pages = files.reduce((sum, one) => sum + one.pages, 0);
  return [main, ...enclosed, manifestFile(folder, { parcel, channel: route.channel, writtenOn: on, to, about, pages, files })];
}

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/tiff': 'tif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

function describe({ name, content, mediaType }: ParcelFile, pages: number) {
  return { name, mediaType: mediaType ?? 'application/pdf', sha256: sha256Of(content), bytes: content.byteLength, pages };
}
