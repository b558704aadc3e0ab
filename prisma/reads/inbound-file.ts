import type { Database } from '../client.ts';
import { type FileFault, fileFaultOf } from '../convert.ts';

/** Under which name a file was registered first, and what was wrong with it. */
export async function readInboundOutcome(
  db: Database,
  fileId: string,
): Promise<{ readonly name: string; readonly fault: FileFault | null }> {
  const { name, fault } = await db.inboundFile.findUniqueOrThrow({ where: { id: fileId }, select: { name: true, fault: true } });
  return { name, fault: fileFaultOf(fault) };
}
