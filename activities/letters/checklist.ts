import { type Attachment, attachmentTitles } from '../../rules/domain/attachment.ts';
import type { Route } from '../gateways/routes.ts';
import type { ChecklistItem, PageKind, Template } from './catalogue.ts';
import { fieldIn, type Fields } from './fields.ts';
import type { MadePage } from './layout.ts';

export interface CheckedItem {
  readonly title: string;
  /** What stands for it; null when nothing does, and the packet may not be sent. */
  readonly by: string | null;
}

interface Drawn {
  readonly template: Template;
  readonly fields: Fields;
  readonly attachments: readonly Attachment[];
  readonly route: Pick<Route, 'requires'>;
}

/** What every packet holds, what this letter needs, and what this payer wants beside (DOMAIN §1.3). */
export function checked(
  { template, fields, attachments, route }: Drawn,
  { common, pages }: { readonly common: readonly ChecklistItem[]; readonly pages: readonly (MadePage & { readonly kind: PageKind })[] },
): readonly CheckedItem[] {
  const wanted = route.requires.map((kind) => ({ title: attachmentTitles[kind], anyOf: [`attachment:${kind}`] }));
  const stands = (evidence: string): boolean => {
    const [kind, name = ''] = evidence.split(':');
    if (kind === 'field') return fieldIn(fields, name) !== null;
    if (kind === 'page') return pages.some((page) => page.kind === name);
    return attachments.some((attachment) => attachment.kind === name);
  };
  const items = [...(template.path === 'documents' ? withoutNotice(common) : common), ...template.checklist, ...wanted];
  return items.map(({ title, anyOf }) => ({ title, by: anyOf.find(stands) ?? null }));
}

/** Documents are also asked for before anything was denied. */
function withoutNotice(common: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return common.filter(({ anyOf }) => !anyOf.includes('page:remittance'));
}

export function lacking(items: readonly CheckedItem[]): readonly string[] {
  return items.flatMap(({ title, by }) => (by === null ? [`missing: ${title}`] : []));
}
