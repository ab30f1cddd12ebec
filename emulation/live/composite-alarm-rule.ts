import type { AlarmState } from '../../src/scaling/alarm-evaluation';

/** The rule of a composite alarm is none that CloudWatch has. */
export class CompositeAlarmRuleError extends Error {}

/** Names, also of functions; texts in quotation marks; parentheses and commas. */
const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|([(),])|([^\s(),"]+))/y;

interface Token {
  readonly kind: 'text' | 'sign' | 'word';
  readonly value: string;
}

/**
 * Evaluates the rule of a composite alarm, such as `ALARM("errors") AND NOT OK(slow)`.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 *
 * @param stateOf the state of an alarm by its name; undefined if there is none, which is in no state.
 * @throws CompositeAlarmRuleError if it cannot be read.
 */
export function evaluateCompositeAlarmRule(rule: string, stateOf: (alarmName: string) => AlarmState | undefined): boolean {
  return new RuleReader(tokensOf(rule), stateOf).read();
}

function tokensOf(rule: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = rule.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const [whole, quoted, sign, word] = TOKEN.exec(rule) ?? [];
    if (whole === undefined) throw new CompositeAlarmRuleError(`the alarm rule cannot be read: ${rule}`);
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replace(/\\(.)/g, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
    else tokens.push({ kind: 'word', value: word! });
  }
  return tokens;
}

const STATES: readonly string[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] satisfies AlarmState[];

/** Reads a rule from left to right. NOT is before AND, and AND before OR. */
class RuleReader {
  private position = 0;

  public constructor(
    private readonly tokens: readonly Token[],
    private readonly stateOf: (alarmName: string) => AlarmState | undefined,
  ) {}

  public read(): boolean {
    const value = this.readOr();
    if (this.position < this.tokens.length) throw this.error();
    return value;
  }

  private readOr(): boolean {
    let value = this.readAnd();
    while (this.takes('OR')) value = this.readAnd() || value;
    return value;
  }

  private readAnd(): boolean {
    let value = this.readNot();
    while (this.takes('AND')) value = this.readNot() && value;
    return value;
  }

  private readNot(): boolean {
    return this.takes('NOT') ? !this.readNot() : this.readTerm();
  }

  private readTerm(): boolean {
    if (this.takes('(')) {
      const value = this.readOr();
      this.take(')');
      return value;
    }
    if (this.takes('TRUE')) return true;
    if (this.takes('FALSE')) return false;
    const { value } = this.next();
    if (value === 'AT_LEAST') return this.readAtLeast();
    if (!STATES.includes(value)) throw this.error();
    this.take('(');
    const alarmName = alarmNameOf(this.next().value);
    this.take(')');
    return this.stateOf(alarmName) === value;
  }

  /** `AT_LEAST(2, ALARM, (first, second, third))`, with a number or percent, and `NOT` before the state. */
  private readAtLeast(): boolean {
    this.take('(');
    const least = this.next().value;
    this.take(',');
    const isNegated = this.takes('NOT');
    const state = this.next().value;
    this.take(',');
    this.take('(');
    const states: (AlarmState | undefined)[] = [];
    do states.push(this.stateOf(alarmNameOf(this.next().value)));
    while (this.takes(','));
    this.take(')');
    this.take(')');
    const count = states.filter((each) => (each === state) !== isNegated).length;
    const needed = least.endsWith('%') ? (Number.parseFloat(least) / 100) * states.length : Number(least);
    if (!Number.isFinite(needed) || !STATES.includes(state)) throw this.error();
    return count >= needed;
  }

  private next(): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw this.error();
    this.position += 1;
    return token;
  }

  /** Whether the next token is a certain one, which is then passed. A text in quotation marks is none. */
  private takes(value: string): boolean {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'text' || token.value !== value) return false;
    this.position += 1;
    return true;
  }

  private take(value: string): void {
    if (!this.takes(value)) throw this.error();
  }

  private error(): CompositeAlarmRuleError {
    const read = this.tokens.map(({ value }) => value).join(' ');
    return new CompositeAlarmRuleError(`the alarm rule cannot be read at its part ${this.position + 1}: ${read}`);
  }
}

/** An alarm is named by its name or its ARN. */
function alarmNameOf(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/, '');
}
