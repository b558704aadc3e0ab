import type { WrittenLanguage } from '../../../rules/statements/language.ts';
import type { StepKind } from '../../../rules/statements/statement.ts';

/** The short words of a statement and of a letter to a patient. */
export interface Labels {
  readonly statement: string;
  readonly number: string;
  readonly date: string;
  readonly amountDue: string;
  readonly payBy: string;
  readonly accounts: string;
  readonly reference: string;
  readonly phone: string;
  readonly steps: Readonly<Record<StepKind, string>>;
  readonly services: string;
  readonly serviceHeader: readonly [string, string, string];
  readonly service: string;
  readonly otherCharges: string;
  readonly howMuch: string;
  readonly stepHeader: readonly [string, string];
  readonly youOwe: string;
  readonly thankYou: string;
  readonly careOf: string;
  readonly account: string;
  readonly serviced: string;
  readonly to: string;
  readonly nth: string;
  readonly slip: {
    readonly tear: string;
    readonly title: string;
    readonly from: string;
    readonly payable: string;
    readonly enclosed: string;
    readonly options: string;
  };
  readonly page: string;
  readonly of: string;
  readonly closing: string;
  readonly office: string;
}

export const labels: Readonly<Record<WrittenLanguage, Labels>> = {
  en: {
    statement: 'Your statement',
    number: 'Statement number',
    date: 'Date',
    amountDue: 'Please pay',
    payBy: 'By',
    accounts: 'Accounts',
    reference: 'Our reference',
    phone: 'Questions',
    steps: {
      charges: 'Charges for your care',
      insurancePaid: 'Your insurance paid',
      insuranceDiscount: 'Taken off under your insurance’s contract',
      writtenOff: 'Taken off by us',
      forgiven: 'Financial assistance',
      withInsurance: 'Still with your insurance, not yours to pay now',
      youPaid: 'You paid',
      refunded: 'Paid back to you',
    },
    services: 'Your care, item by item',
    serviceHeader: ['Date', 'Service', 'Charge'],
    service: 'Service',
    otherCharges: 'Other charges and corrections',
    howMuch: 'How we come to what you owe',
    stepHeader: ['What', 'Amount'],
    youOwe: 'You owe on this account',
    thankYou: 'Thank you for your payment of',
    careOf: 'Care of',
    account: 'account',
    serviced: 'Care from',
    to: 'to',
    nth: 'Statement',
    slip: {
      tear: 'Please tear off and send this part with your check. Write the statement number on the check.',
      title: 'Payment slip',
      from: 'From',
      payable: 'Make the check payable, and send it, to',
      enclosed: 'Amount enclosed',
      options: 'You can also pay online or by phone:',
    },
    page: 'Page',
    of: 'of',
    closing: 'Sincerely,',
    office: 'Patient Financial Services',
  },
  es: {
    statement: 'Su estado de cuenta',
    number: 'Número de estado de cuenta',
    date: 'Fecha',
    amountDue: 'Por favor pague',
    payBy: 'A más tardar el',
    accounts: 'Cuentas',
    reference: 'Nuestra referencia',
    phone: 'Preguntas',
    steps: {
      charges: 'Cargos por su atención',
      insurancePaid: 'Su seguro pagó',
      insuranceDiscount: 'Descuento por el contrato de su seguro',
      writtenOff: 'Descontado por nosotros',
      forgiven: 'Ayuda financiera',
      withInsurance: 'Todavía con su seguro, no le toca pagarlo ahora',
      youPaid: 'Usted pagó',
      refunded: 'Devuelto a usted',
    },
    services: 'Su atención, detallada',
    serviceHeader: ['Fecha', 'Servicio', 'Cargo'],
    service: 'Servicio',
    otherCharges: 'Otros cargos y correcciones',
    howMuch: 'Cómo llegamos a lo que debe',
    stepHeader: ['Concepto', 'Importe'],
    youOwe: 'Usted debe en esta cuenta',
    thankYou: 'Gracias por su pago de',
    careOf: 'Atención de',
    account: 'cuenta',
    serviced: 'Atención del',
    to: 'al',
    nth: 'Estado de cuenta',
    slip: {
      tear: 'Por favor separe esta parte y envíela con su cheque. Escriba el número de estado de cuenta en el cheque.',
      title: 'Talón de pago',
      from: 'De',
      payable: 'Haga el cheque a nombre de, y envíelo a',
      enclosed: 'Importe incluido',
      options: 'También puede pagar en línea o por teléfono:',
    },
    page: 'Página',
    of: 'de',
    closing: 'Atentamente,',
    office: 'Servicios Financieros para Pacientes',
  },
};
