import { firstIndexNotBefore } from '../../math/first-index';

/**
 * The sum of one value of each task, added in the order of launch: the last digit of a sum of fractions depends on the order.
 *
 * Only what follows the first changed value is added again.
 */
export class OrderedSum {
  /** The numbers of the tasks with a value other than 0, ascending. */
  private readonly numbers: number[] = [];
  private readonly values: number[] = [];
  /** The sum of each value and those before it. */
  private readonly partialSums: number[] = [];
  /** How many partial sums are up to date. */
  private currentCount = 0;

  public get total(): number {
    const { values, partialSums } = this;
    const count = values.length;
    let sum = this.currentCount > 0 ? partialSums[this.currentCount - 1]! : 0;
    for (let index = this.currentCount; index < count; index++) {
      sum += values[index]!;
      partialSums[index] = sum;
    }
    this.currentCount = count;
    return sum;
  }

  /** Sets the value of the task with a number. */
  public set(number: number, value: number): void {
    const index = this.indexFrom(number);
    const isKnown = this.numbers[index] === number;
    if (isKnown ? this.values[index] === value : value === 0) return;
    this.currentCount = Math.min(this.currentCount, index);
    if (isKnown && value !== 0) this.values[index] = value;
    else if (isKnown) this.remove(index);
    else this.insert(index, number, value);
  }

  private insert(index: number, number: number, value: number): void {
    this.numbers.splice(index, 0, number);
    this.values.splice(index, 0, value);
  }

  private remove(index: number): void {
    this.numbers.splice(index, 1);
    this.values.splice(index, 1);
  }

  /** The index of the first task with this number or a higher one. */
  private indexFrom(number: number): number {
    return firstIndexNotBefore(this.numbers.length, (index) => this.numbers[index]! < number);
  }
}
