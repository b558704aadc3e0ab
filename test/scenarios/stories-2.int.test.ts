import { playPart } from '../support/stories-on-servers.ts';

playPart({ part: 2, of: 2 });
