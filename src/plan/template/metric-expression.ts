/** A parsed CloudWatch metric math expression. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Expression; readonly right: Expression };

/** The operators, by increasing precedence. */
const OPERATORS: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['<=', '>=', '==', '!=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
];

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|==|!=|&&|\|\||[-+*/<>()[\],]))/iy;

/**
 * Parses an expression; undefined for syntax that is not supported.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseExpression(text: string): Expression | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new TokenReader(tokens);
  const expression = reader.operation(0);
  return reader.isAtEnd ? expression : undefined;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) return undefined;
    tokens.push(match[0].trim());
  }
  return tokens;
}

class TokenReader {
  private position = 0;

  public constructor(private readonly tokens: readonly string[]) {}

  public get isAtEnd(): boolean {
    return this.position === this.tokens.length;
  }

  /** Operations of a precedence and above; operators of one precedence are left-associative. */
  public operation(level: number): Expression | undefined {
    if (level === OPERATORS.length) return this.operand();
    let left = this.operation(level + 1);
    while (left !== undefined && OPERATORS[level]!.includes(this.next.toUpperCase())) {
      const operator = this.take().toUpperCase();
      const right = this.operation(level + 1);
      left = right && { kind: 'operation', operator, left, right };
    }
    return left;
  }

  private get next(): string {
    return this.tokens[this.position] ?? '';
  }

  private take(): string {
    return this.tokens[this.position++] ?? '';
  }

  private operand(): Expression | undefined {
    const token = this.take();
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (token === '(') {
      const inner = this.operation(0);
      return this.take() === ')' ? inner : undefined;
    }
    if (token === '[') return this.list(']', (items) => ({ kind: 'list', items }));
    if (!/^[A-Za-z_]/.test(token)) return undefined;
    if (this.next !== '(') return { kind: 'name', name: token };
    this.take();
    return this.list(')', (args) => ({ kind: 'call', name: token.toUpperCase(), args }));
  }

  private list(end: string, make: (items: readonly Expression[]) => Expression): Expression | undefined {
    const items: Expression[] = [];
    while (this.next !== end) {
      const item = this.operation(0);
      if (item === undefined) return undefined;
      items.push(item);
      if (this.next === ',') this.take();
      else if (this.next !== end) return undefined;
    }
    this.take();
    return make(items);
  }
}
