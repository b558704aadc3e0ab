import { DomainError } from '../../rules/domain/failures.ts';

/** This machine itself: 127.0.0.0/8, ::1, or `localhost`. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || isLoopbackIpv4(bare);
}

function isLoopbackIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts[0] === '127' && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** @throws DomainError `api.not-loopback`: the API knows no sign-in yet, so whoever reaches it may do everything. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new DomainError(
    'api.not-loopback',
    `the API may not listen on "${host}": it has no sign-in yet, so it listens on this machine only; use 127.0.0.1, ::1 or localhost`,
  );
}

/**
 * Whether the `Host` header names this machine. A foreign page whose name was made to point here (DNS rebinding) sends its own name.
 * An absent header, or one that cannot be read, does not.
 */
export function namesLoopback(header: string | undefined): boolean {
  const host = /^(\[[0-9a-fA-F:]+\]|[^:[\]]+)(:\d{1,5})?$/.exec(header ?? '')?.[1];
  return host !== undefined && isLoopback(host);
}

/** Whether a browser says that a page of another origin made the request; programs send no `Origin`. */
export function isForeign(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
