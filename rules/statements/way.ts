/** How a statement or letter reaches a person. */
export const ways = ['mail', 'email', 'text'] as const;
export type Way = (typeof ways)[number];
export type ElectronicWay = Exclude<Way, 'mail'>;

/** What is known of how a person can be reached. */
export interface Reach {
  readonly preferred: Way;
  /** Whether there is a postal address to which mail did not come back. */
  readonly hasPost: boolean;
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
  /** Why the contact rules do not allow it now; null where they do. */
  readonly refusals: Readonly<Record<ElectronicWay, string | null>>;
}

export type WayFound = { readonly way: Way } | { readonly way: null; readonly why: string };

/** As the person prefers, where that is open and allowed; else by mail; and where mail came back, in whatever electronic way is allowed. */
export function wayOf(reach: Reach): WayFound {
  const isOpen = { mail: reach.hasPost, email: whyNot('email', reach) === null, text: whyNot('text', reach) === null };
  const found = [reach.preferred, ...ways].find((way) => isOpen[way]);
  if (found !== undefined) return { way: found };
  const reasons = (['email', 'text'] as const).map((way) => `${way}: ${whyNot(way, reach) ?? ''}`);
  return { way: null, why: `mail: there is no address to which it did not come back; ${reasons.join('; ')}` };
}

function whyNot(way: ElectronicWay, { hasEmail, hasPhone, refusals }: Reach): string | null {
  if (way === 'email' && !hasEmail) return 'no e-mail address is known';
  if (way === 'text' && !hasPhone) return 'no phone number is known';
  return refusals[way];
}
