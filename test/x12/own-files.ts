import fc from 'fast-check';
import { write835 } from '../../rules/x12/write-835.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { remittance } from './generate.ts';
import { submittedClaim } from './generate-claim.ts';
import { outbound, wrapped } from './support.ts';

/** A remittance with everything a payer may say in it; balanced on every level. */
export const wholeRemittance = [
  'BPR*I*168.5*C*ACH*CCP*01*000000000*DA*0000000*1000000000**01*000000000*DA*0000000*20260608',
  'TRN*1*TESTTRACE*1000000000',
  'CUR*PR*USD',
  'REF*EV*TESTRECEIVER',
  'DTM*405*20260607',
  'N1*PR*INVENTED PLAN*XV*PLAN01',
  'N3*1 NOWHERE STREET*UNIT 0',
  'N4*NOTOWN*ZZ*00000',
  'REF*2U*PLAN02',
  'PER*CX**TE*5550100100*EX*1',
  'PER*BL*INVENTED DESK*EM*nobody.invalid',
  'N1*PE*INVENTED CLINIC*XX*9000000001',
  'N3*2 NOWHERE STREET',
  'N4*NOTOWN*ZZ*00000',
  'REF*TJ*000000000',
  'LX*1',
  'TS3*9000000001*11*20261231*2*315.5********100*50',
  'TS2*10*20',
  'CLP*TESTKEY-1*1*100*78.5*11.5*MB*TESTICN-1*11*7**470*1.25*0.5',
  'CAS*CO*45*5',
  'NM1*QC*1*INVENTED*PÉRSON*X**JR*MI*TESTMEMBER-1',
  'NM1*IL*1*INVENTED*PARENT****MI*TESTMEMBER-0',
  'NM1*74*1*INVENTEDD*****C*TESTMEMBER-2',
  'NM1*82*1*INVENTED*CLINICIAN****XX*9000000002',
  'NM1*TT*2*INVENTED SECOND*****PI*PLAN09',
  'NM1*PR*2*INVENTED FIRST*****PI*PLAN08',
  'NM1*GB*1*INVENTED*OTHER****MI*TESTMEMBER-3',
  'MIA*3*10.5**200*MA07*****************N1',
  'MOA*.5*12.25*MA01*N130****1*2',
  'REF*EA*TESTRECORD',
  'REF*F8*TESTICN-0',
  'DTM*232*20260501',
  'DTM*233*20260503',
  'DTM*050*20260510',
  'DTM*036*20261231',
  'PER*CX*INVENTED DESK*TE*5550100101',
  'AMT*AU*90',
  'AMT*I*1.5',
  'QTY*CA*3',
  'SVC*HC:99213:25:59*60*43.5**1*HC:99214:25*2',
  'DTM*150*20260501',
  'DTM*151*20260502',
  'CAS*CO*45*5*1*253*.5',
  'CAS*PR*1*11.5*1*2*-.5',
  'REF*6R*TESTLINE-1',
  'REF*0K*POLICY1',
  'AMT*B6*55',
  'AMT*KH*1',
  'QTY*ZK*2.5',
  'LQ*HE*N130',
  'LQ*HE*M15',
  'LQ*RX*75',
  'SVC*NU:0450*40*40',
  'DTM*472*20260503',
  'CLP*TESTKEY-2*22*-50*-40**13*TESTICN-2',
  'NM1*QC*1*INVENTED*TWO',
  'SVC*HC:99211*-50*-40*0300*1',
  'CAS*CR*45*-10',
  'LX*2',
  'CLP*TESTKEY-3*3*150*150*0*13*TESTICN-3',
  'NM1*QC*1*INVENTED*THREE',
  'PLB*9000000001*20261231*WO:TESTREF*10*FB*20',
  'PLB*9000000001*20261231*L6:TESTINTEREST*-10',
];

const eligibility = wrapped('271', '005010X279A1', ['BHT*0022*11*TEST*20260608*0915', 'HL*1**20*1']);
const accepted = wrapped('999', '005010X231A1', ['AK1*HC*7*005010X222A1', 'AK2*837*0001', 'IK5*A', 'AK9*A*1*1*1']);
const received = wrapped('277', '005010X214', [
  'HL*1**20*1',
  'NM1*PR*2*PLAN*****PI*PLAN01',
  'HL*2*1*PT',
  'TRN*2*TESTKEY-1',
  'STC*A2:20*20260608*WQ*100',
]);

const claim = fc.sample(submittedClaim('professional'), { numRuns: 2, seed: 8 });
const generated = fc.sample(remittance, { numRuns: 6, seed: 8 }).map((one) => write835(outbound, one));

const interchange = accepted.slice(0, accepted.indexOf('GS*'));
const ta1 = `${interchange}TA1*000000041*260608*0900*R*006~\nIEA*0*000000042~\n`;

export const whole = wrapped('835', '005010X221A1', wholeRemittance);

/** Files of our own, of every kind the reader knows and some it does not. */
export const ownFiles: Readonly<Record<string, string>> = {
  'a whole remittance': whole,
  'professional claims': write837(outbound, claim),
  'acknowledgements in interchanges of their own': ta1 + accepted + received,
  'everything, one after another': whole + eligibility + write837(outbound, claim) + ta1 + received + whole,
  'on one line': whole.replaceAll('\n', ''),
  'with CRLF': `\ufeff  \r\n${whole.replaceAll('\n', '\r\n')}`,
  'with newlines as terminators': whole.replaceAll('~\n', '\n'),
  'wrapped at 80 columns': wrappedAt80(whole),
  'with lower-case ids': whole.replaceAll(/^[A-Z0-9]{2,3}(?=\*)/gm, (id) => id.toLowerCase()),
  'with faults in it': (whole + whole).replace('CLP*TESTKEY-2*22*-50', 'CLP*TESTKEY-2*22*FIFTY').replaceAll('SE*65', 'SE*66'),
  'cut short': whole.slice(0, whole.indexOf('LX*2')),
  ...Object.fromEntries(generated.map((text, index) => [`generated remittance ${index + 1}`, text])),
};

export function wrappedAt80(text: string): string {
  return text.replaceAll('\n', '').replace(/(.{80})/g, '$1\r\n');
}
