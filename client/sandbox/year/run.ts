import type { Peer } from '../peer.ts';
import { PlainPeer } from './plain-peer.ts';
import { type PlayedYear, playYear, type Year, type YearDoors } from './play.ts';
import { reconcile, type Reconciliation } from './reconcile.ts';

export interface Run {
  readonly played: PlayedYear;
  readonly reconciliation: Reconciliation;
  readonly ms: number;
}

export async function playAndReconcile(year: Year, doors: YearDoors): Promise<Run> {
  const startedAt = performance.now();
  const played = await playYear(year, doors);
  const ms = performance.now() - startedAt;
  return { played, reconciliation: await reconcile(doors.prisma, played), ms };
}

/** Everyone outside, by the year's seed. */
export function worldOf({ seed }: Year): Pick<YearDoors, 'peers' | 'paper'> {
  const peers: readonly Peer[] = [new PlainPeer(seed)];
  return { peers, paper: () => [] };
}
