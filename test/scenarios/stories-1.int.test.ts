import { playPart } from '../support/stories-on-servers.ts';

playPart({ part: 1, of: 2 });
