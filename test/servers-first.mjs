import Sequencer from '@jest/test-sequencer';

/** The tests that wait for servers are the long ones: they begin, so that at the end no core stands idle. */
export default class ServersFirst extends Sequencer {
  sort(tests) {
    const needsServers = ({ path }) => path.endsWith('.int.test.ts');
    const sorted = super.sort(tests);
    return [...sorted.filter(needsServers), ...sorted.filter((test) => !needsServers(test))];
  }
}
